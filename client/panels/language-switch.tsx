import { language, words } from '../language/language.ts';

export function LanguageSwitch() {
  return (
    <button
      type="button"
      class="menu__item"
      lang={language.value === 'zh' ? 'en' : 'zh-CN'}
      onClick={() => {
        language.value = language.value === 'zh' ? 'en' : 'zh';
      }}
    >
      {words.value.otherLanguage}
    </button>
  );
}
