import { LEAST_PASSWORD } from '../../shared/person-role.ts';

/** The commonest here and everywhere that are long enough to be taken otherwise. */
const COMMONEST = new Set(
  `12345678 123456789 1234567890 0123456789 87654321 987654321 123123123 12341234 147258369 123654789 1234qwer
  password password1 passw0rd p@ssw0rd qwertyui qwertyuiop qwerty123 asdfghjkl asdf1234 zxcvbnm1 1qaz2wsx zaq12wsx 1q2w3e4r 1q2w3e4r5t
  abcd1234 abc12345 abc123456 a1234567 a12345678 a123456789 aa123456 aa12345678 q1234567 qq123456 woaini1314 woaini520 5201314520
  iloveyou sunshine football baseball admin123 admin888 admin1234 administrator welcome1 letmein1 changeme zhengzhou zhengzhou123
  henan123 xingyang sanxia2027 maishou123 nongji123`.split(/\s+/),
);

/** Why a password is not taken; null: it is. Never more than that, so that a good one is easy to find. */
export function passwordFault(password: string, { login, name }: { login: string; name: string }): string | null {
  if ([...password].length < LEAST_PASSWORD) return `at least ${LEAST_PASSWORD} characters`;
  const plain = password.toLowerCase();
  if (plain === login.toLowerCase() || plain === name.toLowerCase()) return 'not the login or the name itself';
  if (COMMONEST.has(plain) || new Set(plain).size === 1) return 'one of the commonest: anybody would try it';
  return null;
}
