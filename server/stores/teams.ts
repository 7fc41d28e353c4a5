import type mongoose from 'mongoose';
import type { Team } from '../../shared/station-load.ts';
import { type Connection, DURABLE, modelOn } from './connection.ts';

const shape = { id: String, station: String, name: String, people: String, phone: String, isGone: Boolean } satisfies Record<
  keyof Team,
  object
>;

export class TeamStore {
  private readonly teams;

  constructor(connection: Connection) {
    const model = modelOn(connection, 'Team', shape, { collection: 'teams', versionKey: false, minimize: false });
    this.teams = model.collection as unknown as mongoose.mongo.Collection<Team>;
  }

  prepare = async (): Promise<void> => void (await this.teams.createIndex({ id: 1 }, { unique: true }));
  all = (): Promise<Team[]> => this.teams.find({}, { projection: { _id: 0 } }).toArray();
  put = async (team: Team): Promise<void> => void (await this.teams.replaceOne({ id: team.id }, { ...team }, { upsert: true, ...DURABLE }));
}
