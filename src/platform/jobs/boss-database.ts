import type { Db } from "pg-boss";
import type { OpenDatabase } from "#platform/storage";

/** Our database as pg-boss wants it. */
export function bossDatabase(database: OpenDatabase): Db {
  return {
    executeSql: (text, values) => database.executeSql(text, values),
    async listen(channel, onNotification, onReconnect) {
      const stop = await database.listen(channel, onNotification, onReconnect);
      onReconnect();
      return { close: stop };
    },
  };
}
