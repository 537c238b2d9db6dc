import { type DatabaseConnection, type Driver, SqliteDialect } from 'kysely';

/**
 * SQLite itself takes a transaction back when the disk is full or fails. Kysely then asks for a rollback, and the answer
 * ("no transaction is active") would hide what really happened.
 */
export class ForgivingRollbackDialect extends SqliteDialect {
  override createDriver(): Driver {
    const driver = super.createDriver();
    const rollback = driver.rollbackTransaction.bind(driver);
    driver.rollbackTransaction = async (connection: DatabaseConnection) => {
      try {
        await rollback(connection);
      } catch (error) {
        if (!(error instanceof Error && error.message.includes('no transaction is active'))) throw error;
      }
    };
    return driver;
  }
}
