// The texts of the lab, of which the lessons show many too: they come with the first of the two.
import { addTexts } from '../../i18n.js';

addTexts(import.meta.glob('../../locales/*/lab.json', { eager: true, import: 'default' }));
