import { el, useState } from './ui.js';

/** Asks once who decides: a name, or the token an operator gave out. */
export function SignIn({ session, onSign }) {
  const [word, setWord] = useState('');
  const [busy, setBusy] = useState(false);
  const token = session.authentication === 'token';
  const send = async (event) => {
    event.preventDefault();
    if (!word.trim()) return;
    setBusy(true);
    try {
      await onSign(word.trim());
    } finally {
      setBusy(false);
    }
  };
  return el.form(
    { class: 'sign-in', onSubmit: send },
    el.div(
      null,
      el.h2(null, token ? 'Your token' : 'Who decides?'),
      el.p(null, token ? 'This desk asks for the token that its operator gave you.' : 'Your name goes with each decision. It is asked once.'),
      session.refused && el.p({ class: 'refused', role: 'alert' }, 'That token is not known here.'),
    ),
    el.div(
      { class: 'sign-in-row' },
      el.input({
        type: token ? 'password' : 'text',
        id: 'sign-in',
        'aria-label': token ? 'Token' : 'Your name',
        placeholder: token ? 'token' : 'ann',
        maxLength: token ? 1000 : 100,
        autocomplete: token ? 'off' : 'nickname',
        value: word,
        onInput: (event) => setWord(event.target.value),
      }),
      el.button({ class: 'confirm', disabled: busy || !word.trim() }, 'Start'),
    ),
  );
}
