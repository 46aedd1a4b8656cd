"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.SEEDED_INVOICES = exports.createPerfexDatabase = exports.perfexLedger = exports.SAMPLE_VOLUME = exports.fillPerfexDatabase = void 0;
var fill_js_1 = require("./fill.js");
Object.defineProperty(exports, "fillPerfexDatabase", { enumerable: true, get: function () { return fill_js_1.fillPerfexDatabase; } });
Object.defineProperty(exports, "SAMPLE_VOLUME", { enumerable: true, get: function () { return fill_js_1.SAMPLE_VOLUME; } });
var ledger_js_1 = require("./ledger.js");
Object.defineProperty(exports, "perfexLedger", { enumerable: true, get: function () { return ledger_js_1.perfexLedger; } });
var perfex_database_js_1 = require("./perfex-database.js");
Object.defineProperty(exports, "createPerfexDatabase", { enumerable: true, get: function () { return perfex_database_js_1.createPerfexDatabase; } });
var seed_invoices_js_1 = require("./seed-invoices.js");
Object.defineProperty(exports, "SEEDED_INVOICES", { enumerable: true, get: function () { return seed_invoices_js_1.SEEDED_INVOICES; } });
//# sourceMappingURL=index.js.map