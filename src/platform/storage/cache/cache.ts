/** Values that can be computed again. A cache that fails is an empty one, never an error. */
export interface Cache {
  get(key: string): Promise<string | null>;
  set(key: string, value: string, options: { ttlMs: number }): Promise<void>;
  delete(key: string): Promise<void>;
  close(): Promise<void>;
}
