import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { describeWith } from './describe-with.js';
import { createMariaDatabase, type MariaDatabase } from './maria-database.js';

describeWith(['mariadb'], 'createMariaDatabase', () => {
  let database: MariaDatabase;
  beforeAll(async () => {
    database = await createMariaDatabase({ charset: 'latin1', sqlMode: '' });
  });
  afterAll(() => database.drop());

  it('has the asked-for character set', async () => {
    const connection = await database.connect();
    const [rows] = await connection.query<RowDataPacket[]>('select @@character_set_database as charset');
    await connection.end();
    expect(rows).toEqual([{ charset: 'latin1' }]);
  });

  it('opens sessions in the asked-for SQL mode, and leaves the server alone', async () => {
    const connection = await database.connect();
    const [rows] = await connection.query<RowDataPacket[]>(
      'select @@session.sql_mode as session, @@global.sql_mode as global',
    );
    await connection.end();
    expect(rows[0]?.['session']).toBe('');
    expect(rows[0]?.['global']).not.toBe('');
  });

  it('hands out a login that reads and cannot write', async () => {
    const administrator = await database.connect();
    await administrator.query('create table things (id int); insert into things values (7)');
    await administrator.end();
    const reader = await createConnection(database.readOnly);
    const [rows] = await reader.query<RowDataPacket[]>('select id from things');
    expect(rows).toEqual([{ id: 7 }]);
    await expect(reader.query('insert into things values (8)')).rejects.toThrow('INSERT command denied');
    await reader.end();
  });

  it('takes database and reader away', async () => {
    const other = await createMariaDatabase();
    await other.drop();
    await expect(createConnection(other.options)).rejects.toThrow('Unknown database');
    await expect(createConnection(other.readOnly)).rejects.toThrow('Access denied');
  });
});
