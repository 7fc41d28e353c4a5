import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import * as z from 'zod';
import { type Actor, actor, permissions } from '../../shared/permissions.ts';
import { Refusal } from '../../shared/reply.ts';
import { type RouteName, type RouteOutput, routes } from '../../shared/rest.ts';
import { FileReply } from '../../shared/routes/route.ts';
import type { AuditTrail, By, Change } from '../services/audit-trail.ts';
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
  /** The actor, and the address of the request; a handler that signs somebody in puts that person here. */
  by: By;
  /** Notes what the request changed; stored before it is answered. */
  audit(object: string, before: unknown, after: unknown): void;
  params: Of<Name, 'params'>;
  query: Of<Name, 'query'>;
  body: Of<Name, 'body'>;
  request: Request;
  response: Response;
}

/** A handler for each route: one that is missing does not compile. */
export type HttpHandlers = { [Name in RouteName]: (request: HttpRequest<Name>) => Promise<RouteOutput<Name>> | RouteOutput<Name> };

/** Handlers of one table of routes. */
export type HandlersOf<Routes> = Pick<HttpHandlers, Extract<keyof Routes, RouteName>>;

/** On routes that are open: somebody who is not signed in, and may do nothing. */
const nobody = actor({ role: 'device', name: '' });

/** All routes of the contract under /api/v1, by one loop: parse, handle, reply. */
export function apiRouter(deps: {
  handlers: HttpHandlers;
  actorOf: (secret: string) => Promise<Actor | null>;
  audit: AuditTrail;
  publicUrl: string | null;
  log: Log;
}): Router {
  const router = express.Router();
  const json = express.json({ limit: '2mb' });
  router.use((request, _response, next) => {
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    next(changes && !isOwnOrigin(request, deps.publicUrl) ? new Refusal('forbidden', 'this request comes from another site') : undefined);
  });
  for (const name of Object.keys(routes) as RouteName[]) {
    const route = routes[name];
    // A body is read only after somebody was found who may send one at all.
    const body = 'upload' in route ? express.raw({ limit: route.upload as string, type: () => true }) : json;
    router[route.method](route.path, async (request: Request, response: Response) => {
      const secret = bearerOf(request) ?? cookieOf(request);
      const known = secret === null ? null : await deps.actorOf(secret);
      const asking = 'open' in route ? (known ?? nobody) : needActor(known);
      if ('needs' in route && permissions[asking.role][route.needs] === 'none')
        throw new Refusal('forbidden', `${route.needs}: a ${asking.role} may not do this`);
      if ('body' in route) await new Promise<void>((settle, fail) => body(request, response, error => (error ? fail(error) : settle())));
      const by = { actor: asking, from: request.ip ?? null };
      const changes: Change[] = [];
      const input = {
        actor: asking,
        by,
        audit: (object: string, before: unknown, after: unknown) => void changes.push({ object, before, after }),
        params: 'params' in route ? route.params.parse(request.params) : undefined,
        query: route.query.parse(request.query),
        body: 'body' in route ? route.body.parse(request.body) : undefined,
        request,
        response,
      };
      const answer = await (deps.handlers[name] as (input: unknown) => unknown)(input);
      await deps.audit.record(by, name, changes);
      if (answer instanceof FileReply) sendFile(response, answer);
      else response.json(answer);
    });
  }
  router.get('/openapi.json', (_request, response) => {
    response.json(openApi());
  });
  router.use((_request, _response, next) => next(new Refusal('notFound', 'there is no such address')));
  router.use((error: unknown, request: Request, response: Response, _next: NextFunction) => {
    const known = bodyProblem(error) ?? error;
    const problem = problemOf(known, deps.log, `${request.method} ${request.path}`);
    response.status(httpStatus[problem.code]).json({ problem });
  });
  return router;
}

function sendFile(response: Response, { bytes, type, name }: FileReply): void {
  if (name !== null) response.attachment(name);
  response.type(type).send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/** What the parsers of bodies complain of. */
function bodyProblem(error: unknown): Refusal | null {
  const { type, limit } = error as { type?: string; limit?: number };
  if (type === 'entity.too.large') return new Refusal('invalid', `the body is larger than ${limit} bytes`);
  if (error instanceof SyntaxError) return new Refusal('invalid', 'the body is not JSON');
  return type?.startsWith('entity.') || type?.startsWith('request.') || type?.startsWith('encoding.') || type?.startsWith('charset.')
    ? new Refusal('invalid', `the body cannot be read (${type})`)
    : null;
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
