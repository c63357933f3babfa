import { byId } from '../dom/dom.ts';
import { mountTheme } from '../view/theme.ts';

mountTheme(byId('tools'));
