import { expect, it } from 'vitest';
import { printBlockKit } from '../../../src/cards/block-kit/print.ts';
import { textBlock, translate } from './translate.ts';

it('prints what a person in Slack would read', () => {
  const choices = [
    { title: 'Yes', value: 'yes' },
    { title: 'No', value: 'no' },
  ];
  const translation = translate(
    [
      textBlock('Approve?', { style: 'heading' }),
      textBlock('2 > 1, [the rules](https://x.example/a?b=1&c=2)'),
      {
        type: 'FactSet',
        facts: [
          { title: 'Risk', value: 'low' },
          { title: 'Asked by', value: 'Rita' },
        ],
      },
      textBlock('small', { isSubtle: true }),
      {
        type: 'Table',
        firstRowAsHeaders: false,
        rows: [{ cells: [{ items: [textBlock('a')] }, { items: [textBlock('b')] }] }],
      },
      { type: 'Badge' },
      { type: 'Input.Text', id: 'reason', label: 'Reason', placeholder: 'Why?', isRequired: true },
      { type: 'Input.ChoiceSet', id: 'sure', label: 'Sure?', style: 'expanded', value: 'no', choices },
    ],
    [
      { type: 'Action.Execute', title: 'Approve', verb: 'approve', style: 'positive' },
      { type: 'Action.OpenUrl', title: 'Open', url: 'https://x.example' },
    ],
  );

  expect(printBlockKit(translation)).toBe(`# Approve?

2 > 1, the rules → https://x.example/a?b=1&c=2

*Risk*                                  *Asked by*
low                                     Rita

  small

a | b

*Sure?*
No

  The form asks: Reason

[▶ Approve] [Open → https://x.example/]

┌ Approve?
│ 2 > 1, the rules → https://x.example/a?b=1&c=2
│
│ *Risk*                                  *Asked by*
│ low                                     Rita
│
│   small
│
│ *a*
│ b
│
│ Reason
│   [ ‹Why?› ]
│
│ Sure? (optional)
│   ( ) Yes
│   (•) No
│
│ [Cancel] [Approve]
└

lost: /body/5 (Badge): an unknown kind of element; left out`);
});
