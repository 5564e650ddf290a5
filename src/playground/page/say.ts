import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { type Language, type Say, speaker } from '../../rules/language.ts';

/** What the browser asks for. */
export const browserLanguage = (): Language => (navigator.language.startsWith('sv') ? 'sv' : 'en');

/** The language of whoever acts, which is the page's. */
const Context = createContext<Language>('sv');
export const LanguageProvider = Context.Provider;

export const useLanguage = (): Language => useContext(Context);

/** Picks one of two sentences: Swedish first, then English. */
export const useSay = (): Say => speaker(useLanguage());
