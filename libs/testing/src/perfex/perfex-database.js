"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.createPerfexDatabase = createPerfexDatabase;
const maria_database_js_1 = require("../maria-database.js");
const customer_tables_js_1 = require("./customer-tables.js");
const document_tables_js_1 = require("./document-tables.js");
const seed_js_1 = require("./seed.js");
const setting_tables_js_1 = require("./setting-tables.js");
const STRICT_MODE = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO';
/** Makes a database with Perfex's tables, and one record for each case that a reader must get right. */
async function createPerfexDatabase(options = {}) {
    const { shape = '3.4.0', prefix = 'tbl', charset = 'utf8mb4', strict = false, seeded = true } = options;
    const database = await (0, maria_database_js_1.createMariaDatabase)({ charset, sqlMode: strict ? STRICT_MODE : '' });
    const connection = await database.connect();
    const perfex = {
        shape,
        prefix,
        reader: database.readOnly,
        owner: database.options,
        connection,
        table: (name) => `${prefix}${name}`,
        drop: async () => {
            await connection.end();
            await database.drop();
        },
    };
    await createTables(perfex, charset);
    await (0, seed_js_1.seedPerfex)(perfex, seeded);
    return perfex;
}
async function createTables({ connection, shape, table }, charset) {
    const tables = { ...(0, customer_tables_js_1.customerTables)(), ...(0, document_tables_js_1.documentTables)(shape), ...(0, setting_tables_js_1.settingTables)() };
    for (const [name, columns] of Object.entries(tables)) {
        await connection.query(`create table ${connection.escapeId(table(name))} (${columns}) engine=InnoDB default charset=${charset}`);
    }
}
//# sourceMappingURL=perfex-database.js.map