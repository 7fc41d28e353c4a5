import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { type Permit, permitCode } from '../../shared/permit.ts';
import { words } from '../language/language.ts';
import { QrCode } from '../panels/qr-code.tsx';
import { fieldText } from '../state/local-time.ts';
import type { ReceptionDesk } from './desk.ts';
import { receptionWords } from './words.ts';

const printedTime = (at: number): string => fieldText(at).replace('T', ' ');

interface Parts {
  permit: Permit;
  desk: ReceptionDesk;
  publicUrl: string | null;
  issuer: string;
  asOf: number;
  done: () => void;
}

/** The permit on paper, A4: seen only where it is printed. */
export function PermitPaper({ permit, desk, publicUrl, issuer, asOf, done }: Parts) {
  const text = receptionWords.value.paper;
  const code = permitCode(permit);
  const demo = desk.session.demo;
  useEffect(() => {
    window.addEventListener('afterprint', done, { once: true });
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [permit.id]);
  return (
    <section class="permit-paper" aria-hidden="true">
      <header>
        <h1>{text.title}</h1>
        {demo && <p>{words.value.bracketed(text.demo)}</p>}
        <p class="permit-paper__number">{permit.number}</p>
      </header>
      <table>
        <tbody>
          <Row name={text.plate}>{permit.plate}</Row>
          <Row name={text.holder}>{permit.holder}</Row>
          <Row name={text.operation}>
            {receptionWords.value.operations[permit.operation]} · {permit.crops}
          </Row>
          <Row name={text.destination}>{permit.destination}</Row>
          <Row name={text.valid}>
            {permit.from} — {permit.to}
          </Row>
          <Row name={text.issuer}>{text.issuerName(issuer)}</Row>
          <Row name={text.issuedAt}>{permit.issuedAt === null ? '' : printedTime(permit.issuedAt)}</Row>
          <Row name={text.issuedBy}>{permit.issuedBy}</Row>
        </tbody>
      </table>
      <div class="permit-paper__code">
        <QrCode text={`${publicUrl ?? location.origin}/permit#${code}`} label={text.scan} size={190} />
        <div>
          <p>{text.scan}</p>
          <p>
            {text.check}
            {words.value.colon}
            <b>{code}</b>
          </p>
          <p>{`${publicUrl ?? location.origin}/permit`}</p>
        </div>
      </div>
      <p class="permit-paper__sign">
        <span>{text.sign}</span>
        <span>{text.stamp}</span>
      </p>
      <footer>
        {text.source(printedTime(asOf))} · {text.issuedBy} {permit.issuedBy}
      </footer>
    </section>
  );
}

const Row = ({ name, children }: { name: string; children: ComponentChildren }) => (
  <tr>
    <th>{name}</th>
    <td>
      <bdi class="typed">{children}</bdi>
    </td>
  </tr>
);
