"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.insertRows = insertRows;
/** Inserts rows, all of them with the same columns, into a table given by its full name. */
async function insertRows(connection, table, rows) {
    const columns = Object.keys(rows[0] ?? {});
    if (columns.length === 0)
        return 0;
    const values = rows.map((row) => columns.map((column) => row[column] ?? null));
    const [result] = await connection.query('insert into ?? (??) values ?', [
        table,
        columns,
        values,
    ]);
    return result.insertId;
}
//# sourceMappingURL=rows.js.map