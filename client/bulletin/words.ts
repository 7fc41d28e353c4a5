import { areaWords } from '../language/area.ts';
import { chinese, chinesePaper, english, englishPaper } from './phrases.ts';

export const bulletinWords = areaWords(chinese, english);
export const paperWords = areaWords(chinesePaper, englishPaper);
