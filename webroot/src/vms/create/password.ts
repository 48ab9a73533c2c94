export interface Strength {
  level: 'weak' | 'fair' | 'strong';
  text: string;
}

const CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/];

/** A hint only: length counts most, then variety; runs of one character count little. */
export function passwordStrength(password: string): Strength {
  const variety = CLASSES.filter((kind) => kind.test(password)).length;
  const distinct = new Set(password).size;
  const score = Math.min(password.length, distinct * 2) + variety * 2;
  if (password.length < 8 || score < 14) return { level: 'weak', text: 'Weak: longer is better.' };
  if (password.length < 12 || score < 18) return { level: 'fair', text: 'Fair: four more characters would help.' };
  return { level: 'strong', text: 'Strong.' };
}
