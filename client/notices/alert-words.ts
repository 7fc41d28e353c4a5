import { areaWords } from '../language/area.ts';
import { alertEn, alertZh } from './alert-phrases.ts';

export const alertWords = areaWords(alertZh, alertEn);
