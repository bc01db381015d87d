#include "TestFolder.h"
#include "rules/RuleReader.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

/// A rule file, without its first line, and all that is wrong with it.
struct Mistake {
  const char *Name;
  const char *Text;
  const char *Errors;
};

class RuleMistakes : public testing::TestWithParam<Mistake> {};

std::string nameOf(const testing::TestParamInfo<Mistake> &Info) {
  return Info.param.Name;
}

} // namespace

TEST_P(RuleMistakes, AreReportedWithTheirPlace) {
  TestFolder Folder;
  std::string Path =
      Folder.write("r.yaml", "bootorder: 1\n" + std::string(GetParam().Text));
  llvm::Expected<RuleSet> Rules = readRules(Path);
  ASSERT_FALSE(bool(Rules)) << "read without an error";
  EXPECT_EQ(Folder.strip(llvm::toString(Rules.takeError())), GetParam().Errors);
}

static const Mistake Shapes[] = {
    {"MapExpected", "boundaries: [panic]\n",
     "r.yaml:2:14: error: a boundary must be a map of keys, but it is a "
     "text\n"
     "r.yaml:2:14: error: a boundary names nothing; add 'functions: [...]' or "
     "'files: [...]'\n"},
    {"ListExpected", "entry_points: {function: f}\n",
     "r.yaml:2:15: error: 'entry_points' must be a list, but it is a map\n"},
    {"NamesExpected", "milestones: [slab]\n",
     "r.yaml:2:13: error: 'milestones' must be a map from names, but it is a "
     "list\n"},
    {"TextExpected", "ruleset: [a]\n",
     "r.yaml:2:10: error: 'ruleset' of the rule file must be a text, but it is "
     "a list\n"},
    {"NumberExpected",
     "entry_points: [{function: f, order: first, reason: r}]\n",
     "r.yaml:2:37: error: 'order' must be a whole number, but it is 'first'\n"},
    {"FlagExpected",
     "entry_points: [{function: f, order: 1, reason: r, optional: yes}]\n",
     "r.yaml:2:61: error: 'optional' is 'yes'; write 'true' or 'false'\n"},
    {"UnknownKeyWithSuggestion",
     "wrappers: [{function: [f], functions: [f], reason: r}]\n",
     "r.yaml:2:13: error: unknown key 'function' in a wrapper; did you mean "
     "'functions'?\n"},
    {"UnknownWord",
     "entry_points: [{function: f, order: 1, reason: r, task: bot}]\n",
     "r.yaml:2:57: error: 'task' cannot be 'bot'; did you mean 'boot'?\n"},
    {"UnknownWordListed",
     "semantics: [{irqs: zebra, functions: [f], reason: r}]\n",
     "r.yaml:2:20: error: 'irqs' cannot be 'zebra'; expected one of 'enables', "
     "'disables', 'saves', 'restores'\n"},
    {"MalformedPattern", "wrappers: [{functions: [a, 'b[c'], reason: r}]\n",
     "r.yaml:2:28: error: malformed pattern 'b[c': invalid glob pattern, "
     "unmatched '['\n"},
    {"KeyTwice", "wrappers: []\nwrappers: []\n",
     "r.yaml:3:1: error: key 'wrappers' is used twice; the first one is on "
     "line 2\n"},
};
INSTANTIATE_TEST_SUITE_P(Shapes, RuleMistakes, testing::ValuesIn(Shapes),
                         nameOf);

static const Mistake Conditions[] = {
    {"BadVersion", "wrappers: [{functions: [f], reason: r, kernels: '>=x'}]\n",
     "r.yaml:2:49: error: 'x' is not a kernel version; write it as 6.12 or "
     "2.6.30\n"},
    {"ConfigPrefix",
     "wrappers: [{functions: [f], reason: r, when_config: ['!CONFIG_SMP']}]\n",
     "r.yaml:2:54: error: configuration symbol 'CONFIG_SMP'; leave out "
     "CONFIG_: write '!SMP'\n"},
};
INSTANTIATE_TEST_SUITE_P(Conditions, RuleMistakes,
                         testing::ValuesIn(Conditions), nameOf);

static const Mistake Milestones[] = {
    {"EntryPointWithoutOrder", "entry_points: [{function: f, reason: r}]\n",
     "r.yaml:2:16: error: an entry point has no 'order'; add 'order: ...', so "
     "that it is known what runs first\n"},
    {"EntryPointAfterUnknown",
     "entry_points: [{function: f, order: 1, reason: r, after: irq_on}]\n"
     "milestones: {irqs_on: {returns: f, means: m}}\n",
     "r.yaml:2:58: error: unknown milestone 'irq_on'; did you mean "
     "'irqs_on'?\n"},
    {"Spelling", "milestones: {Irqs-On: {returns: f, means: m}}\n",
     "r.yaml:2:14: error: name 'Irqs-On' is not lower-case words joined by "
     "'_'; write 'irqs_on'\n"},
    {"NoEvent", "milestones:\n  slab: {means: m}\n",
     "r.yaml:3:9: error: milestone 'slab' says nothing; add one of 'returns', "
     "'calls', 'calls_pointer', 'stores', 'macro', 'dispatched'\n"},
    {"TwoEvents", "milestones: {slab: {returns: f, calls: g, means: m}}\n",
     "r.yaml:2:40: error: milestone 'slab' has both 'returns' and 'calls'; "
     "keep one\n"},
    {"EmptyAny", "milestones: {slab: {any: [], means: m}}\n",
     "r.yaml:2:20: error: milestone 'slab' has an empty 'any'; list at least "
     "one event\n"},
    {"MacroAnywhere", "milestones: {on: {macro: m, means: m}}\n",
     "r.yaml:2:18: error: milestone 'on' is a macro anywhere in the boot; add "
     "'in: FUNCTION'\n"},
    {"NoMeaning", "milestones: {slab: {returns: f}}\n",
     "r.yaml:2:20: error: milestone 'slab' has no 'means'; add 'means: ...'\n"},
    {"UnknownConstant",
     "constants: {SYSTEM_RUNNING: linux/kernel.h}\n"
     "milestones: {run: {stores: {variable: s, value: SYSTEM_RUNING}, means: "
     "m}}\n",
     "r.yaml:3:49: error: unknown constant 'SYSTEM_RUNING'; did you mean "
     "'SYSTEM_RUNNING'?\n"},
    {"StoreWithoutVariable",
     "milestones: {run: {stores: {value: 1}, means: m}}\n",
     "r.yaml:2:28: error: 'stores' has no 'variable'; add 'variable: ...'\n"},
};
INSTANTIATE_TEST_SUITE_P(Milestones, RuleMistakes,
                         testing::ValuesIn(Milestones), nameOf);

static const Mistake Tables[] = {
    {"NoDispatchers", "tables: {t: {section: s, pointer: true}}\n",
     "r.yaml:2:13: error: table 't' has no 'dispatchers'; list the functions "
     "that run its entries\n"},
    {"NoShape", "tables: {t: {section: s, dispatchers: [{function: f}]}}\n",
     "r.yaml:2:13: error: table 't' says nothing; add one of 'record', "
     "'pointer'\n"},
    {"CallbacksOfPointers",
     "tables: {t: {section: s, pointer: true, callbacks: [c],\n"
     "  dispatchers: [{function: f}]}}\n",
     "r.yaml:2:52: error: table 't' has callbacks but no 'record'; add "
     "'record: STRUCT'\n"},
    {"CalledWithNoCallbacks",
     "tables: {t: {section: s, record: r, called_with: c,\n"
     "  dispatchers: [{function: f}]}}\n",
     "r.yaml:2:50: error: table 't' has 'called_with' but no 'callbacks'; list "
     "the callbacks that wait for 'c'\n"},
    {"NamelessDispatcher",
     "tables: {t: {section: s, pointer: true, dispatchers: [{keys: [a]}]}}\n",
     "r.yaml:2:55: error: a dispatcher of table 't' names no function, or two "
     "ways; add either 'function: ...' or 'mentions_boundary: true'\n"},
    {"StringWithoutCall",
     "tables: {t: {section: s, pointer: true,\n"
     "  dispatchers: [{function: f, with_string: x}]}}\n",
     "r.yaml:3:17: error: a dispatcher of table 't' has 'with_string' but no "
     "call; add 'at_call: ...'\n"},
    {"BadSection",
     "tables: {t: {section: 'a(', pointer: true,\n"
     "  dispatchers: [{function: f}]}}\n",
     "r.yaml:2:23: error: 'a(' is not a regular expression: parentheses not "
     "balanced\n"},
    {"KeyWithoutGroup",
     "tables: {t: {section: '(?P<a>x)', key: 'k{b}{a}', pointer: true,\n"
     "  dispatchers: [{function: f}]}}\n",
     "r.yaml:2:40: error: 'key' uses '{b}', which no group of 'section' has; "
     "name a group (?P<b>...)\n"},
    {"SplitKeyIsNoNumber",
     "tables: {t: {section: s, record: r,\n"
     "  split_on: {field: early, keys: {yes: early}},\n"
     "  dispatchers: [{function: f}]}}\n",
     "r.yaml:3:35: error: a value of 'early' must be a whole number, but it is "
     "'yes'\n"},
    {"UnknownMode",
     "tables: {t: {section: s, record: r, mode: opts,\n"
     "  dispatchers: [{function: f}]}}\n",
     "r.yaml:2:43: error: 'mode' cannot be 'opts'; did you mean 'ops'?\n"},
};
INSTANTIATE_TEST_SUITE_P(Tables, RuleMistakes, testing::ValuesIn(Tables),
                         nameOf);

static const Mistake Semantics[] = {
    {"BadResult",
     "semantics: [{returns: enabled(x), functions: [f], reason: r}]\n",
     "r.yaml:2:23: error: cannot read result 'enabled(x)'; write a number, "
     "'fresh', '&object', 'enabled(arg0)' or 'enabled(arg0) xor arg1'\n"},
    {"FalseEffect",
     "semantics: [{uncontended: false, functions: [f], reason: r}]\n",
     "r.yaml:2:27: error: 'uncontended' says nothing when false; leave the "
     "entry out\n"},
    {"NoFunctions", "semantics: [{irqs: saves, reason: r}]\n",
     "r.yaml:2:13: error: an entry of 'semantics' names nothing; add "
     "'functions: [...]' or 'macros: [...]'\n"},
    {"NoEffect", "semantics: [{functions: [f], reason: r}]\n",
     "r.yaml:2:13: error: an entry of 'semantics' says nothing; add one of "
     "'irqs', 'returns', 'uncontended', 'no_return'\n"},
    {"NoSections", "copies: [{reason: r}]\n",
     "r.yaml:2:10: error: an entry of 'copies' names nothing; add "
     "'sections: [...]'\n"},
    {"NoArgument", "calls_now: [{functions: [f], reason: r}]\n",
     "r.yaml:2:13: error: an entry of 'calls_now' has no 'argument'; add "
     "'argument: ...'\n"},
    {"HalfStaticCalls", "static_calls: {key_prefix: k}\n",
     "r.yaml:2:15: error: 'static_calls' has no 'trampoline_prefix'; add "
     "'trampoline_prefix: ...'\n"},
};
INSTANTIATE_TEST_SUITE_P(Semantics, RuleMistakes, testing::ValuesIn(Semantics),
                         nameOf);

static const Mistake Sinks[] = {
    {"SinkWithoutNames", "effects: {e: {means: m, uses: [{tasks: [boot]}]}}\n",
     "r.yaml:2:32: error: a sink of effect 'e' names nothing; add one of "
     "'functions', 'macros', 'cleanup_of', 'having'\n"},
    {"FilterWithoutReason",
     "effects: {e: {means: m, uses: [{functions: [f],\n"
     "  callers: {not_in: [g]}}]}}\n",
     "r.yaml:2:32: error: a sink of effect 'e' leaves places out without a "
     "reason; add 'reason: ...'\n"},
    {"ArgumentTwice",
     "effects: {e: {means: m, uses: [{functions: [f],\n"
     "  argument: {index: 1, type: gfp_t}}]}}\n",
     "r.yaml:3:30: error: 'argument' has both 'index' and 'type'; keep one\n"},
    {"EffectWithoutUses", "effects: {e: {means: m}}\n",
     "r.yaml:2:14: error: effect 'e' has no 'uses'; list the functions or "
     "macros that have the effect\n"},
    {"EffectOfItself",
     "effects:\n"
     "  a: {means: m, uses: [{having: [b]}]}\n"
     "  b: {means: m, uses: [{having: [a]}]}\n",
     "r.yaml:3:24: error: effect 'b' is defined by itself; name the functions "
     "in place of the effect\n"
     "r.yaml:4:24: error: effect 'a' is defined by itself; name the functions "
     "in place of the effect\n"},
    {"ConditionBesideHaving",
     "effects:\n"
     "  a: {means: m, uses: [{functions: [f]}]}\n"
     "  b: {means: m, uses: [{having: [a], arch: arm}]}\n",
     "r.yaml:4:44: error: 'arch' does not go with 'having'; write it at the "
     "uses of the effect\n"},
    {"CallersOfBoth",
     "effects:\n"
     "  a: {means: m, uses: [{functions: [f], callers: {in: [g]}}]}\n"
     "  b: {means: m, uses: [{having: [a], callers: {in: [h]}}]}\n",
     "r.yaml:4:24: error: 'callers' is restricted by the effect too; leave "
     "'callers: {in: ...}' out here\n"},
    {"UnknownEffect",
     "effects: {enables: {means: m, uses: [{having: [enable]}]}}\n",
     "r.yaml:2:48: error: unknown effect 'enable'; did you mean 'enables'?\n"},
};
INSTANTIATE_TEST_SUITE_P(Sinks, RuleMistakes, testing::ValuesIn(Sinks), nameOf);

static const Mistake RuleParts[] = {
    {"EmptyRule", "rules:\n  early-x: {}\n",
     "r.yaml:3:3: error: rule 'early-x' cites no kernel source; add 'source: "
     "[{file: ..., function: ..., version: ...}]'\n"
     "r.yaml:3:3: error: rule 'early-x' has no 'needs'; add 'needs: {after: "
     "MILESTONE}'\n"
     "r.yaml:3:3: error: rule 'early-x' has no 'sinks'; list the uses that it "
     "is about\n"
     "r.yaml:3:12: error: rule 'early-x' has no 'fix'; add 'fix: ...'\n"
     "r.yaml:3:12: error: rule 'early-x' has no 'since'; add 'since: ...'\n"
     "r.yaml:3:12: error: rule 'early-x' has no 'title'; add 'title: ...'\n"
     "r.yaml:3:12: error: rule 'early-x' has no 'why'; add 'why: ...'\n"},
    {"RuleNeedsNothing",
     "rules:\n"
     "  early_x: {title: t, why: w, fix: f, since: s, severity: fatal,\n"
     "    needs: {}, source: [{file: f, version: v}],\n"
     "    sinks: [{functions: [f]}]}\n",
     "r.yaml:3:3: error: name 'early_x' is not lower-case words joined by '-'; "
     "write 'early-x'\n"
     "r.yaml:3:59: error: 'severity' cannot be 'fatal'; expected one of "
     "'error', 'warning', 'note'\n"
     "r.yaml:4:12: error: 'needs' of rule 'early_x' names no milestone; add "
     "'after' or 'before', or both for a window\n"},
    {"PairWithoutAnObject",
     "rules:\n"
     "  early-x: {title: t, why: w, fix: f, since: s,\n"
     "    needs: {made_by: {functions: [make]}},\n"
     "    source: [{file: f, version: v}],\n"
     "    sinks: [{functions: [use]}]}\n",
     "r.yaml:4:22: error: 'made_by' does not say what makes which object; "
     "write "
     "'{functions: [...], object: {index: N}}'\n"
     "r.yaml:6:13: error: a sink of rule 'early-x' does not say which object "
     "has to be made; add 'object: {index: N}'\n"},
    {"ObjectWithoutAPair",
     "milestones:\n"
     "  m: {returns: f, means: m}\n"
     "rules:\n"
     "  early-x: {title: t, why: w, fix: f, since: s,\n"
     "    needs: {after: m, made_by: {functions: [make], object: {index: "
     "0}}},\n"
     "    source: [{file: f, version: v}],\n"
     "    sinks: [{functions: [use], object: {index: 0, path: [bus]}}]}\n"
     "  early-y: {title: t, why: w, fix: f, since: s, needs: {after: m},\n"
     "    source: [{file: f, version: v}],\n"
     "    sinks: [{functions: [use], object: {index: 0}}]}\n",
     "r.yaml:6:32: error: 'made_by' is a need of its own; leave 'after' and "
     "'before' out, or write two rules\n"
     "r.yaml:8:58: error: 'bus' is not a field; write RECORD.FIELD\n"
     "r.yaml:11:40: error: a sink of rule 'early-y' is about an object that "
     "nothing has to make; leave 'object' out, or write 'needs: {made_by: "
     "...}'\n"},
};
INSTANTIATE_TEST_SUITE_P(RuleParts, RuleMistakes, testing::ValuesIn(RuleParts),
                         nameOf);

TEST(RuleNames, APartOfTwoFilesIsReportedAtTheSecond) {
  TestFolder Folder;
  std::string Text =
      "bootorder: 1\nmilestones: {slab: {returns: f, means: m}}\n";
  std::string First = Folder.write("a.yaml", Text);
  std::string Second = Folder.write("b.yaml", Text);
  llvm::Expected<RuleSet> Rules = readRules({First, Second});
  ASSERT_FALSE(bool(Rules));
  EXPECT_EQ(Folder.strip(llvm::toString(Rules.takeError())),
            "b.yaml:2:14: error: milestone 'slab' is defined twice; the first "
            "one is at a.yaml:2\n");
}

/// A link to its own folder gives a file that includes itself another name each
/// time.
TEST(RuleFiles, AnEndlessRowOfIncludesEnds) {
  TestFolder Folder;
  std::string Path =
      Folder.write("r.yaml", "bootorder: 1\ninclude: [again/r.yaml]\n");
  ASSERT_FALSE(llvm::sys::fs::create_link(".", Folder.path("again")));
  std::string Errors = Folder.strip(llvm::toString(readRules(Path).takeError()));
  EXPECT_EQ(llvm::StringRef(Errors).count('\n'), 1u);
  EXPECT_NE(Errors.find("again/r.yaml:2:11: error: more than 32 rule files "
                        "include each other in a row; look for a link that "
                        "leads back to its folder, or join some of them"),
            std::string::npos);
}

TEST(RuleFiles, ACycleIsReadOnce) {
  TestFolder Folder;
  std::string Path =
      Folder.write("a.yaml", "bootorder: 1\ninclude: [b.yaml, a.yaml]\n");
  Folder.write("b.yaml", "bootorder: 1\ninclude: [./a.yaml]\n"
                         "milestones: {m: {means: m, returns: f}}\n");
  EXPECT_EQ(llvm::cantFail(readRules(Path)).Milestones.size(), 1u);
}
