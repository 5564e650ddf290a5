import { type CardElement, CardObjectRegistry, ChoiceSetInput, GlobalRegistry } from 'adaptivecards';
import { render } from 'preact';
import type { Language } from '../../../rules/language.ts';
import type { Choice } from '../../wire.ts';
import { Combobox } from '../blocks/combobox.tsx';
import { LanguageProvider } from '../say.ts';

/** What a searched list needs of the page around its card. */
export interface Searching {
  readonly language: Language;
  /** What an input, by its id, offers for what has been typed. */
  search(input: string, text: string): Promise<readonly Choice[]>;
}

/** The elements of cards, with lists that are searched as one types drawn as the page draws them elsewhere. */
export function elementsWith(searching: Searching): CardObjectRegistry<CardElement> {
  class Choices extends ChoiceSetInput {
    #value: string | undefined;
    #frame: HTMLElement | undefined;

    get isSearched(): boolean {
      return this.choicesData?.dataset !== undefined;
    }

    protected override internalRender(): HTMLElement | undefined {
      if (!this.isSearched) return super.internalRender();
      this.#value = this.defaultValue;
      this.#frame = document.createElement('div');
      this.#frame.className = 'searched';
      return this.#frame;
    }

    protected override overrideInternalRender(): HTMLElement | undefined {
      const outer = super.overrideInternalRender();
      if (this.#frame) this.drawIn(this.#frame);
      return outer;
    }

    /** The label is of what one types in, not of what stands around it. */
    drawIn(frame: HTMLElement): void {
      const { id } = frame;
      frame.removeAttribute('id');
      frame.removeAttribute('aria-labelledby');
      render(
        <LanguageProvider value={searching.language}>
          <Combobox
            id={id}
            chosen={this.choices.find(({ value }) => value === this.#value)?.title}
            placeholder={this.placeholder}
            least={1}
            search={(text) => searching.search(this.id ?? '', text)}
            onChange={(value) => {
              this.#value = value ?? undefined;
            }}
          />
        </LanguageProvider>,
        frame,
      );
    }

    override get value(): string | undefined {
      return this.isSearched ? this.#value : super.value;
    }

    override isSet(): boolean {
      return this.isSearched ? this.#value !== undefined : super.isSet();
    }

    override focus(): void {
      if (this.#frame) this.#frame.querySelector('input')?.focus();
      else super.focus();
    }
  }

  const elements = new CardObjectRegistry<CardElement>();
  GlobalRegistry.populateWithDefaultElements(elements);
  elements.register('Input.ChoiceSet', Choices);
  return elements;
}
