import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import * as z from 'zod';
import type { Actor } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import { type RouteName, type RouteOutput, routes } from '../../shared/rest.ts';
import { needActor } from '../services/credentials.ts';
import type { Log } from '../services/log.ts';
import { isOwnOrigin } from './origin.ts';
import { httpStatus, problemOf } from './problem.ts';
import { bearerOf, cookieOf } from './secrets.ts';

type Of<Name extends RouteName, Part extends string> = (typeof routes)[Name] extends { [Key in Part]: z.ZodType }
  ? z.output<(typeof routes)[Name][Part]>
  : undefined;

export interface HttpRequest<Name extends RouteName> {
  actor: Actor;
  params: Of<Name, 'params'>;
  query: Of<Name, 'query'>;
  body: Of<Name, 'body'>;
  request: Request;
  response: Response;
}

/** A handler for each route: one that is missing does not compile. */
export type HttpHandlers = { [Name in RouteName]: (request: HttpRequest<Name>) => Promise<RouteOutput<Name>> | RouteOutput<Name> };

/** Routes that answer somebody who is not signed in. */
const open: ReadonlySet<RouteName> = new Set(['welcome', 'demoSignIn', 'signOut']);
const nobody: Actor = { role: 'viewer', name: '', division: null, machine: null };

/** All routes of the contract under /api/v1, by one loop: parse, handle, reply. */
export function apiRouter(deps: {
  handlers: HttpHandlers;
  actorOf: (secret: string) => Promise<Actor | null>;
  publicUrl: string | null;
  log: Log;
}): Router {
  const router = express.Router();
  router.use(express.json({ limit: '2mb' }));
  router.use((request, _response, next) => {
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    next(changes && !isOwnOrigin(request, deps.publicUrl) ? new Refusal('forbidden', 'this request comes from another site') : undefined);
  });
  for (const name of Object.keys(routes) as RouteName[]) {
    const route = routes[name];
    router[route.method](route.path, async (request: Request, response: Response) => {
      const secret = bearerOf(request) ?? cookieOf(request);
      const actor = secret === null ? null : await deps.actorOf(secret);
      const input = {
        actor: open.has(name) ? (actor ?? nobody) : needActor(actor),
        params: 'params' in route ? route.params.parse(request.params) : undefined,
        query: route.query.parse(request.query),
        body: 'body' in route ? route.body.parse(request.body) : undefined,
        request,
        response,
      };
      response.json(await (deps.handlers[name] as (input: unknown) => unknown)(input));
    });
  }
  router.get('/openapi.json', (_request, response) => {
    response.json(openApi());
  });
  router.use((_request, _response, next) => next(new Refusal('notFound', 'there is no such address')));
  router.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const known = error instanceof SyntaxError ? new Refusal('invalid', 'the body is not JSON') : error;
    const problem = problemOf(known, deps.log, `${request.method} ${request.path}`);
    response.status(httpStatus[problem.code]).json({ problem });
  });
  return router;
}

/** OpenAPI 3.1, from the schemas that the router parses with. */
function openApi(): object {
  const paths: Record<string, Record<string, object>> = {};
  const schema = (type: z.ZodType) => z.toJSONSchema(type, { unrepresentable: 'any', io: 'input' });
  for (const [name, route] of Object.entries(routes)) {
    const path = `/api/v1${route.path.replace(/:(\w+)/g, '{$1}')}`;
    const parameters = [...parametersOf('params' in route ? route.params : undefined, 'path'), ...parametersOf(route.query, 'query')];
    paths[path] = {
      ...paths[path],
      [route.method]: {
        operationId: name,
        parameters,
        ...('body' in route && { requestBody: { content: { 'application/json': { schema: schema(route.body) } } } }),
        responses: { 200: { description: 'ok', content: { 'application/json': { schema: schema(route.output) } } } },
      },
    };
  }
  return { openapi: '3.1.0', info: { title: 'Harvest dispatch', version: '1' }, paths };
}

function parametersOf(type: z.ZodObject | undefined, where: 'path' | 'query'): object[] {
  return Object.entries(type?.shape ?? {}).map(([name, member]) => ({
    name,
    in: where,
    required: where === 'path' || !(member as z.ZodType).safeParse(undefined).success,
    schema: z.toJSONSchema(member as z.ZodType, { unrepresentable: 'any', io: 'input' }),
  }));
}
