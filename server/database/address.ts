const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)(\?.*)?$/;

/** The same server, another database. Who signs in by the old database's users goes on doing so. */
export function withDatabaseName(uri: string, name: string): string {
  const [, server, old, options = ''] = parts.exec(uri) ?? [];
  if (server === undefined) throw new Error(`not a MongoDB address: ${uri}`);
  const needsSource = old !== '' && server.includes('@') && !options.includes('authSource=');
  return `${server}/${name}${options}${needsSource ? `${options === '' ? '?' : '&'}authSource=${old}` : ''}`;
}

/** The address with the program's own database name where it names none. */
export function withDefaultDatabase(uri: string, name: string): string {
  const [, server, present, options = ''] = parts.exec(uri) ?? [];
  return server === undefined || present !== '' ? uri : `${server}/${name}${options}`;
}
