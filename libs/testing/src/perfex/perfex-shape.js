"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
//# sourceMappingURL=perfex-shape.js.map