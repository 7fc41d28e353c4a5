// Draws the PNG icons of the installed page from client/public/favicon.svg: `node server/program/icons.mjs`. What it makes is committed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Transformer } from '@napi-rs/image';
import { projectRoot } from './install.mjs';

const folder = join(projectRoot, 'client', 'public');
const svg = readFileSync(join(folder, 'favicon.svg'), 'utf8');
// A maskable icon is cut to a circle by some phones: its ground goes to the edges, and the drawing stands in the middle 80 %.
const maskable = svg.replace('rx="7" ', '').replace('<g ', '<g transform="translate(16 16) scale(.75) translate(-16 -16)" ');

/** @param {string} source @param {number} size @param {string} name */
function draw(source, size, name) {
  const sized = source.replace('<svg ', `<svg width="${size}" height="${size}" `);
  writeFileSync(join(folder, name), Transformer.fromSvg(sized).resize(size, size).pngSync());
}

draw(svg, 192, 'icon-192.png');
draw(svg, 512, 'icon-512.png');
draw(maskable, 512, 'icon-round.png');
