import { type RouteName, type RouteOutput, routes } from '../../shared/rest.ts';
import { readAccessKey } from '../access-key.ts';
import { messageOf, StartProblem } from '../database/start-problem.ts';
import { WrongUse } from './command.ts';

/**
 * Asks a running program over HTTP, with the key in its data folder: who can read that folder has the right.
 * @throws StartProblem when it cannot be reached or refuses
 */
export async function askProgram<Name extends RouteName>(
  program: { url: string; dataDir: string },
  name: Name,
  body?: object,
): Promise<RouteOutput<Name>> {
  const { url, dataDir } = program;
  if (!URL.canParse(url)) throw new WrongUse(`--url ${url}: not an address such as http://127.0.0.1:3000`);
  const key = readAccessKey(dataDir);
  if (key === null)
    throw new StartProblem(`There is no access-key in ${dataDir}: set DATA_DIR to the data folder of the program at ${url}`);
  const { method, path } = routes[name];
  const response = await fetch(new URL(`/api/v1${path}`, url), {
    method,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(error => {
    throw new StartProblem(`The program at ${url} cannot be reached: ${messageOf((error as Error).cause ?? error)}`);
  });
  const text = await response.text();
  if (!response.ok) throw new StartProblem(`The program at ${url} refuses (${response.status}): ${text}`);
  return JSON.parse(text) as RouteOutput<Name>;
}
