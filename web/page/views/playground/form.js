/** The playground's fields: those of the column, the network's shape, and the data sets as pictures. */
import { render } from 'lit';
import { make } from '../../element.js';
import { createDataPictures } from './data-pictures.js';
import { isUnusualData } from './more-data.js';
import { isUnusual } from './more-settings.js';
import { settingsForm, shapeField } from './settings.js';

/**
 * @param {object} options
 * @param {() => ReturnType<typeof import('./session.js').createSession>} options.session
 * @param {(settings: import('../../session/settings.js').Values) => void} options.onChange
 * @param {() => void} options.onOwn  the person wants points of their own
 */
export function createForm({ session, onChange, onOwn }) {
  const form = make('div', 'settings-column');
  const shape = document.createElement('div');
  const pictures = createDataPictures((dataset) => onChange({ dataset }), onOwn);
  /** Whether the settings that are seldom needed are seen. */
  const unfolded = { data: false, training: false };

  /** @param {keyof typeof unfolded} name */
  const fold = (name) => ({
    open: unfolded[name],
    onToggle(/** @type {boolean} */ open) {
      unfolded[name] = open;
    },
  });

  return {
    form,
    shape,
    pictures: pictures.element,
    /** Once Python is there. */
    show: pictures.show,
    draw() {
      const { table, values, invalid } = session();
      const state = { table, values, invalid, onChange };
      unfolded.training ||= isUnusual(state);
      unfolded.data ||= isUnusualData(state);
      render(settingsForm(state, { data: fold('data'), training: fold('training') }), form);
      render(shapeField(state), shape);
      pictures.draw(state);
    },
  };
}
