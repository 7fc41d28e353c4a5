import { LanguageSwitch } from '../panels/language-switch.tsx';
import { cabWords } from './words.ts';

/** Why this browser cannot record at all. */
export type ObstacleKind = 'wechat' | 'insecure' | 'oldBrowser';

export function obstacleHere(): ObstacleKind | null {
  if (/MicroMessenger/i.test(navigator.userAgent)) return 'wechat';
  // Without https the browser hides GPS, locks and the service worker; localhost counts as secure.
  if (!window.isSecureContext) return 'insecure';
  const hasAll = 'geolocation' in navigator && 'locks' in navigator && 'indexedDB' in window && 'BroadcastChannel' in window;
  return hasAll ? null : 'oldBrowser';
}

/** The whole screen: what is in the way, and what to do. */
export function Obstacle({ kind }: { kind: ObstacleKind }) {
  const text = cabWords.value;
  const [title, why, steps] = {
    wechat: [text.wechat, text.wechatWhy, text.wechatSteps],
    insecure: [text.insecure, text.insecureWhy, text.insecureSteps],
    oldBrowser: [text.oldBrowser, text.oldBrowserWhy, text.oldBrowserSteps],
  }[kind] as [string, string, string[]];
  return (
    <main class={`cab-obstacle cab-obstacle--${kind}`}>
      {kind === 'wechat' && <WechatArrow />}
      <h1>{title}</h1>
      <p>{why}</p>
      <ol>
        {steps.map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {kind === 'wechat' && <p>{text.wechatAddress}</p>}
      <p class="cab-address">{kind === 'wechat' ? location.href : location.origin}</p>
      <div class="cab-obstacle__foot">
        <LanguageSwitch />
      </div>
    </main>
  );
}

/** Points to WeChat's own menu in the corner. */
const WechatArrow = () => (
  <svg class="cab-arrow" viewBox="0 0 80 80" width="80" height="80" aria-hidden="true">
    <path
      d="M12 70C14 40 34 20 66 12M46 8l22 3-8 21"
      fill="none"
      stroke="currentColor"
      stroke-width="6"
      stroke-linecap="round"
      stroke-linejoin="round"
    />
  </svg>
);
