"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.settingTables = settingTables;
/** Columns of the tables that are set up once: items, taxes, currencies, payment modes, options. */
function settingTables() {
    return {
        taxes: `id int not null auto_increment primary key, name varchar(100) not null,
      taxrate decimal(15,2) not null`,
        items: `id int not null auto_increment primary key, description longtext not null,
      long_description mediumtext, rate decimal(15,2) not null, tax int, tax2 int, unit varchar(40),
      group_id int not null default 0, key tax (tax), key tax2 (tax2), key group_id (group_id)`,
        items_groups: 'id int not null auto_increment primary key, name varchar(50) not null',
        currencies: `id int not null auto_increment primary key, symbol varchar(10) not null,
      name varchar(100) not null, decimal_separator varchar(5), thousand_separator varchar(5),
      placement varchar(10), isdefault tinyint(1) not null default 0`,
        payment_modes: `id int not null auto_increment primary key, name varchar(100) not null,
      description mediumtext, show_on_pdf int not null default 0, invoices_only int not null default 0,
      expenses_only int not null default 0, selected_by_default int not null default 1,
      active tinyint(1) not null default 1`,
        options: `id int not null auto_increment primary key, name varchar(191) not null, value longtext not null,
      autoload tinyint(1) not null default 1, key name (name)`,
        migrations: 'version bigint not null',
    };
}
//# sourceMappingURL=setting-tables.js.map