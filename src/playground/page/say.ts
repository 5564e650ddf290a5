import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Language, type Say, speaker } from '../../rules/language.ts';

/** The language of whoever acts, which is the page's. */
const Context = createContext<Language>('sv');
export const LanguageProvider = Context.Provider;

/** Picks one of two sentences: Swedish first, then English. */
export const useSay = (): Say => speaker(useContext(Context));
