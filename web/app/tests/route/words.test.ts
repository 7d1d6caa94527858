// @vitest-environment node
import { afterEach, describe, expect, it } from 'vitest';
import type { Problem } from '@parley/client';
import { loadLanguage } from '../../src/i18n/i18n';
import { consequenceTexts, isHeavy } from '../../src/route/consequences';
import { fenceOf, readFence, sameFence, withoutSelector, withSelector } from '../../src/route/fence';
import { regionRows } from '../../src/route/previewRows';
import { isRouteRefusal, refusalOf } from '../../src/route/refusals';
import { choices, selectorName } from '../../src/route/selectors';
import { fenceTexts, ruleOf } from '../../src/route/verdicts';
import { atlas } from './atlas';

afterEach(() => loadLanguage(['en']));

describe('an own rule', () => {
  it('has a selector on one list only, and no empty list', () => {
    const denied = withSelector({}, 'deny', 'country:US');
    expect(denied).toEqual({ deny: ['country:US'] });
    expect(withSelector(denied, 'allow', 'country:US')).toEqual({ allow: ['country:US'] });
    expect(withoutSelector(denied, 'country:US')).toEqual({});
  });

  it('survives storage, and what is no rule is open', () => {
    const fence = fenceOf(['group:EEA'], ['country:US']);
    expect(readFence(JSON.stringify(fence))).toEqual(fence);
    for (const text of [null, '', 'null', '[]', '{"allow":[]}', '{"deny":"x"}', '{"deny":[1]}', '{']) expect(readFence(text)).toEqual({});
  });

  it('is the same in another order', () => {
    expect(sameFence({ deny: ['a', 'b'] }, { deny: ['b', 'a'] })).toBe(true);
    expect(sameFence({ deny: ['a'] }, { allow: ['a'] })).toBe(false);
    expect(sameFence({}, { deny: [] })).toBe(true);
  });
});

describe('selectors', () => {
  it('are told in the words of the person', async () => {
    const names = () => ['country:US', 'group:EEA', 'group:Nordic', 'operator:CH', 'region:eu-fra', 'region:gone', 'odd'].map((one) => selectorName(one, atlas));
    expect(names()).toEqual(['United States', 'the European Economic Area', 'The Nordic states', 'operators from Switzerland', 'Frankfurt', 'gone', 'odd']);
    await loadLanguage(['de']);
    expect(names().slice(0, 2)).toEqual(['Vereinigte Staaten', 'Europäischer Wirtschaftsraum']);
  });

  it('offered are those that make a difference here', () => {
    const offered = Object.fromEntries(choices(atlas).map((group) => [group.kind, group.choices.map(({ selector }) => selector)]));
    expect(offered['country']).toEqual(['country:BR', 'country:DE', 'country:CH', 'country:US']);
    // No region of the directory stands in the Nordic states.
    expect(offered['group']).toEqual(['group:EEA']);
    expect(offered['operator']).toEqual(['operator:BR', 'operator:DE', 'operator:CH', 'operator:US']);
    expect(offered['region']).toHaveLength(4);
  });
});

describe('rules', () => {
  const own = { deny: ['country:US'] };

  it('say whose they are, and name nobody else', async () => {
    expect(ruleOf({ rule: 'deny country:US', scope: 'participant' }, own, atlas)).toBe('You: not through United States');
    expect(ruleOf({ rule: 'deny country:US', scope: 'participant' }, {}, atlas)).toBe('Someone in the meeting: not through United States');
    expect(ruleOf({ rule: 'allow group:EEA country:CH', scope: 'meeting' }, own, atlas)).toBe(
      'The host: only within the European Economic Area or Switzerland',
    );
    expect(ruleOf({ rule: 'deny operator:US', scope: 'platform' }, own, atlas)).toBe('The operator: not through operators from United States');
    await loadLanguage(['de']);
    expect(ruleOf({ rule: 'deny country:US', scope: 'meeting' }, own, atlas)).toBe('Gastgeber: ohne Vereinigte Staaten');
  });

  it('of regions are facts of theirs', () => {
    expect(ruleOf({ rule: 'servesOnly BR', scope: 'platform' }, {}, atlas)).toBe('Carries only meetings in which everyone is in Brazil');
    expect(ruleOf({ rule: 'unknown-region', scope: 'platform' }, {}, atlas)).toContain('Not in the operator');
  });

  it('of a fence are one text each', () => {
    expect(fenceTexts({ allow: ['country:DE', 'country:CH'], deny: ['operator:US'] }, atlas)).toEqual([
      'only within Germany or Switzerland', 'not through operators from United States',
    ]);
    expect(fenceTexts({}, atlas)).toEqual([]);
  });
});

describe('consequences', () => {
  it('say who moves, who could not stay and what the delay becomes', () => {
    expect(consequenceTexts({ moves: 2, leaves: 1, worstBefore: 20, worstAfter: 131.4, growth: 111.4, computed: false })).toEqual([
      '1 person could not stay.', '2 people move to another region; sound and pictures may pause for up to a second.', 'Longest delay in the meeting: 131 ms instead of 20 ms.',
    ]);
    expect(consequenceTexts({ moves: 0, leaves: 0, worstBefore: 20, worstAfter: 131.4, growth: 111.4, computed: true })).toEqual(['Longest delay in the meeting: ≈ 131 ms instead of ≈ 20 ms.']);
    expect(consequenceTexts({ moves: 0, leaves: 0, worstBefore: 130, worstAfter: 130, growth: 40.2, computed: false })).toEqual(["Somebody's delay to the others grows by 40 ms."]);
    expect(consequenceTexts({ moves: 0, leaves: 0, worstBefore: 20, worstAfter: 20.4, growth: 0, computed: false })).toEqual(['Nothing changes for the others.']);
    expect(consequenceTexts({ moves: 0, leaves: 0, worstBefore: null, worstAfter: null, growth: 0, computed: false })).toEqual(['Nothing changes for the others.']);
  });

  it('are heavy when somebody goes or waits much longer', () => {
    expect(isHeavy({ moves: 0, leaves: 1, worstBefore: null, worstAfter: null, growth: 0, computed: false })).toBe(true);
    expect(isHeavy({ moves: 9, leaves: 0, worstBefore: 130, worstAfter: 130, growth: 101, computed: false })).toBe(true);
    expect(isHeavy({ moves: 9, leaves: 0, worstBefore: 20, worstAfter: 119, growth: 99, computed: false })).toBe(false);
  });
});

describe('the list of regions', () => {
  it('has what carries the meeting first, then the nearest, then what is out with its reason', () => {
    const rows = regionRows({
      atlas,
      verdicts: [
        { id: 'ch-zur', allowed: true, rule: 'default', scope: 'platform' },
        { id: 'eu-fra', allowed: true, rule: 'default', scope: 'platform' },
        { id: 'us-iad', allowed: false, rule: 'deny country:US', scope: 'meeting' },
      ],
      own: 'eu-fra', used: new Set(['eu-fra']), fence: {}, roundTrips: { 'eu-fra': 12.2, 'us-iad': 90 },
    });
    expect(rows.map(({ id, state }) => [id, state])).toEqual([['eu-fra', 'used'], ['ch-zur', 'allowed'], ['us-iad', 'out'], ['br-gru', 'out']]);
    expect(rows[0]).toMatchObject({ note: 'You connect here', roundTrip: '12 ms' });
    expect(rows[2]).toMatchObject({ note: 'The host: not through United States', roundTrip: '' });
    // Nothing is said of it: nothing is allowed.
    expect(rows[3]?.note).toContain('Not in the operator');
  });
});

describe('refusals', () => {
  const problem = (code: string, more: Partial<Problem> = {}): Problem => ({ code, title: '', status: 409, detail: 'Said so.', ...more });
  const mine = { allow: ['country:CH'] };

  it('name the rules that stand in each other way, each once, and the ways out', () => {
    const conflicts = [
      { scope: 'meeting', rule: 'allow country:DE', regions: ['ch-zur'] }, { scope: 'participant', rule: 'allow country:CH', regions: ['eu-fra'] },
      { scope: 'meeting', rule: 'allow country:DE', regions: ['us-iad'] },
    ];
    const refusal = refusalOf(problem('fence-conflict', { conflicts }), mine, atlas, 'eu-fra');
    expect(refusal.rules).toEqual(['The host: only within Germany', 'You: only within Switzerland']);
    expect(refusal.choices).toEqual(['dropRule', 'changeRule', 'start']);
  });

  it('leave out what regions demand where the rules of people suffice', () => {
    const serves = { scope: 'platform', rule: 'servesOnly BR', regions: ['eu-fra'] };
    const [host, you] = [{ scope: 'meeting', rule: 'allow country:DE', regions: ['eu-fra'] }, { scope: 'participant', rule: 'allow country:CH', regions: ['eu-fra'] }];
    const rules = (conflicts: readonly (typeof host)[]) => refusalOf(problem('fence-conflict', { conflicts }), mine, atlas, null).rules;
    expect(rules([you, serves, host])).toEqual(['You: only within Switzerland', 'The host: only within Germany']);
    expect(rules([serves, you])).toEqual(['You: only within Switzerland', 'Carries only meetings in which everyone is in Brazil']);
  });

  it('tell of another participant\'s rule only that it is one', () => {
    const regions = [{ id: 'us-iad', allowed: false, rule: '', scope: 'participant', reason: "Another participant's own rule excludes region us-iad." }];
    expect(refusalOf(problem('no-region-allowed', { regions }), {}, atlas, null).rules).toEqual(["Another participant's own rule"]);
  });

  it.each(['operator-fence-fault', 'no-control-node'])('%s is the operator\'s to mend, not a rule of the person', (code) => {
    expect(isRouteRefusal(code)).toBe(true);
    expect(refusalOf(problem(code), {}, atlas, null)).toMatchObject({ rules: [], title: expect.stringMatching(/^This server/) as string });
  });

  it('do not blame a rule that the person does not have', () => {
    const refusal = refusalOf(problem('fence-conflict'), {}, atlas, null);
    expect(refusal.title).toBe('With you in it, no region may carry this meeting');
    expect(refusal.choices).toEqual(['start']);
  });

  it('take the verdicts where no conflicts are told, such as a region that serves its own country', () => {
    const regions = [{ id: 'br-gru', allowed: false, rule: 'servesOnly BR', scope: 'platform', reason: '' }];
    expect(refusalOf(problem('no-region-allowed', { regions }), {}, atlas, null).rules).toEqual(['Carries only meetings in which everyone is in Brazil']);
  });

  it('keep what another participant wants to themselves', () => {
    const conflicts = [{ scope: 'participant', rule: '', regions: ['ch-zur'] }];
    expect(refusalOf(problem('fence-conflict', { conflicts }), mine, atlas, null).rules).toEqual(["Another participant's own rule"]);
  });

  it('name the own rule where the problem names none', () => {
    expect(refusalOf(problem('tighten-refused'), mine, atlas, null).rules).toEqual(['You: only within Switzerland']);
  });

  it('tell who is outside of what the home serves that it is about where they are', () => {
    const regions = [{ id: 'br-gru', allowed: false, rule: 'servesOnly BR', scope: 'platform', reason: '' }];
    for (const own of [{}, mine]) {
      const refusal = refusalOf(problem('home-outside-fence', { regions }), own, atlas, 'br-gru');
      expect(refusal.title).toBe('This meeting is only for people in Brazil');
      expect(refusal.rules).toEqual([]);
    }
  });

  it('offer to try again where that can help', () => {
    expect(refusalOf(problem('host-silent'), mine, atlas, null).choices).toContain('retry');
    expect(refusalOf(problem('tighten-refused'), mine, atlas, null).choices).not.toContain('retry');
    expect(refusalOf(problem('home-outside-fence'), mine, atlas, 'eu-fra').text).toContain('Frankfurt');
    expect(refusalOf(problem('selector-unknown'), mine, atlas, null).text).toBe('Said so.');
  });

  it('are those of the fence', () => {
    expect(['fence-conflict', 'geofence-empty', 'selector-invalid', 'out-of-reach'].every(isRouteRefusal)).toBe(true);
    expect(['meeting-unknown', 'meeting-full', ''].some(isRouteRefusal)).toBe(false);
  });
});
