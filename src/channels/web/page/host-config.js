// How the card renderer looks here. Colours are the page's own variables, so light and dark come from the style sheet.

/** @param {string} name */
function color(name) {
  return { default: `var(--${name})`, subtle: `var(--${name})` };
}

/** @param {string} background */
function container(background) {
  return {
    backgroundColor: background,
    foregroundColors: {
      default: { default: 'var(--text)', subtle: 'var(--subtle)' },
      dark: { default: 'var(--text)', subtle: 'var(--subtle)' },
      light: { default: 'var(--subtle)', subtle: 'var(--subtle)' },
      accent: color('accent-text'),
      good: color('good-text'),
      warning: color('warning-text'),
      attention: color('attention-text'),
    },
  };
}

const mono = 'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';
const sizes = { small: 13, default: 15, medium: 17, large: 20, extraLarge: 24 };
const weights = { lighter: 400, default: 400, bolder: 600 };

export const hostConfig = {
  supportsInteractivity: true,
  fontFamily: 'inherit',
  fontTypes: {
    default: { fontFamily: 'inherit', fontSizes: sizes, fontWeights: weights },
    monospace: { fontFamily: mono, fontSizes: { ...sizes, default: 14 }, fontWeights: weights },
  },
  fontSizes: sizes,
  fontWeights: weights,
  lineHeights: { small: 18, default: 22, medium: 24, large: 27, extraLarge: 32 },
  spacing: { small: 6, default: 10, medium: 18, large: 24, extraLarge: 32, padding: 14 },
  separator: { lineThickness: 1, lineColor: 'var(--line)' },
  textBlock: { headingLevel: 3 },
  containerStyles: {
    default: container('transparent'),
    emphasis: container('var(--soft)'),
    good: container('var(--good-soft)'),
    warning: container('var(--warning-soft)'),
    attention: container('var(--attention-soft)'),
    accent: container('var(--accent-soft)'),
  },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: {
        weight: 'bolder',
        color: 'default',
        size: 'default',
        suffix: ' (required)',
        suffixColor: 'default',
      },
      optionalInputs: { weight: 'bolder', color: 'default', size: 'default' },
    },
    errorMessage: { color: 'attention', size: 'small', weight: 'bolder' },
  },
  factSet: {
    title: { color: 'default', size: 'default', isSubtle: true, weight: 'default', wrap: true, maxWidth: 150 },
    value: { color: 'default', size: 'default', isSubtle: false, weight: 'default', wrap: true },
    spacing: 16,
  },
  actions: {
    maxActions: 6,
    spacing: 'medium',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    allowTitleToWrap: true,
  },
};
