import { render } from 'preact';
import { App } from './app.tsx';
import { enter } from './connection/session.ts';
import './state/skin.ts';
import './style/base.css';

void enter();
render(<App />, document.getElementById('app')!);
