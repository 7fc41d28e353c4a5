import { words } from '../language/language.ts';
import { skin } from '../state/skin.ts';

export function SkinSwitch() {
  const text = words.value;
  return (
    <button
      type="button"
      class="menu__item"
      title={text.menu.skin}
      onClick={() => {
        skin.value = skin.value === 'day' ? 'night' : 'day';
      }}
    >
      {skin.value === 'day' ? `☾ ${text.menu.night}` : `☀ ${text.menu.day}`}
    </button>
  );
}
