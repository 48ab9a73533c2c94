// A world with templates in it.
import { goldenVms } from './templates.mjs';
import { full } from './worlds.mjs';

export const templates = () => {
  const state = full();
  return { ...state, vm: [...state.vm, ...goldenVms()] };
};
