#include "rules/RuleParts.h"

using namespace llvm;

namespace bootorder {

using EffectKind = FunctionEffect::EffectKind;
using ReturnValue = FunctionEffect::ReturnValue;
using ValueKind = ReturnValue::ValueKind;

/// Takes `arg<N>` off the front of \p Text.
static std::optional<unsigned> takeArgument(StringRef &Text) {
  unsigned Index;
  if (!Text.consume_front("arg") || Text.consumeInteger(/*Radix=*/10, Index))
    return std::nullopt;
  return Index;
}

/// Parses `enabled(arg0) xor arg1`, `enabled(arg0)`, `fresh`, `&object` or a
/// number.
static std::optional<ReturnValue> parseReturnValue(StringRef Text) {
  ReturnValue Value;
  if (!Text.getAsInteger(/*Radix=*/0, Value.Constant))
    return Value;
  if (Text == "fresh") {
    Value.Kind = ValueKind::Fresh;
    return Value;
  }
  if (Text.consume_front("&") && !Text.empty()) {
    Value.Kind = ValueKind::Address;
    Value.Object = Text.str();
    return Value;
  }
  Value.Kind = ValueKind::KeyEnabled;
  if (!Text.consume_front("enabled("))
    return std::nullopt;
  std::optional<unsigned> Key = takeArgument(Text);
  if (!Key || !Text.consume_front(")"))
    return std::nullopt;
  Value.KeyArgument = *Key;
  if (Text.empty())
    return Value;
  if (!Text.consume_front(" xor "))
    return std::nullopt;
  Value.XorArgument = takeArgument(Text);
  if (!Value.XorArgument || !Text.empty())
    return std::nullopt;
  return Value;
}

static void readReturns(MapReader &Map, FunctionEffect &Effect) {
  Effect.Kind = EffectKind::Returns;
  std::string Text = Map.requiredText("returns");
  if (std::optional<ReturnValue> Value = parseReturnValue(Text))
    Effect.Result = *Value;
  else
    Map.error(Map.node("returns")->Where, "cannot read result '" + Text + "'",
              "write a number, 'fresh', '&object', 'enabled(arg0)' or "
              "'enabled(arg0) xor arg1'");
}

/// Reads which of the effects \p Map states.
static void readEffectKind(MapReader &Map, FunctionEffect &Effect) {
  static constexpr std::pair<StringRef, EffectKind> IrqWords[] = {
      {"enables", EffectKind::EnablesIrqs},
      {"disables", EffectKind::DisablesIrqs},
      {"saves", EffectKind::SavesIrqs},
      {"restores", EffectKind::RestoresIrqs}};
  StringRef Key =
      Map.onlyOneOf({"irqs", "returns", "uncontended", "no_return"});
  if (Key == "irqs")
    Effect.Kind =
        Map.choice("irqs", ArrayRef(IrqWords), EffectKind::EnablesIrqs);
  else if (Key == "returns")
    readReturns(Map, Effect);
  else if (Key == "uncontended")
    Effect.Kind = EffectKind::Uncontended;
  else if (Key == "no_return")
    Effect.Kind = EffectKind::NoReturn;
  if ((Key == "uncontended" || Key == "no_return") && !Map.flag(Key))
    Map.error(Map.node(Key)->Where, "'" + Key + "' says nothing when false",
              "leave the entry out");
}

static void requireNames(MapReader &Map, bool Any, const Twine &Keys) {
  if (!Any)
    Map.error(Map.place(), Map.what() + " names nothing", "add " + Keys);
}

/// The globs under \p Key, of which an entry needs one.
static GlobSet requiredGlobs(MapReader &Map, StringRef Key) {
  GlobSet Globs = Map.globs(Key);
  requireNames(Map, !Globs.empty(), "'" + Key + ": [...]'");
  return Globs;
}

/// Appends the entries of \p List, the value of \p Section, to \p Entries.
/// \p What is one of them in messages; \p ReadOwn(Map, Entry) reads what they
/// have beside conditions and reasons.
template <typename EntryType, typename Reader>
static void readEntries(const YamlNode &List, StringRef Section, StringRef What,
                        std::vector<EntryType> &Entries, RuleReading &Into,
                        Reader ReadOwn) {
  eachItem(List, Section, Into, [&](const YamlNode &Item) {
    MapReader Map(Item, What, Into.Diagnostics);
    EntryType Entry;
    ReadOwn(Map, Entry);
    finishEntry(Map, Entry);
    Entries.push_back(std::move(Entry));
  });
}

/// `until: MILESTONE`, which only what is returned can have.
static void readUntil(MapReader &Map, FunctionEffect &Effect,
                      RuleReading &Into) {
  const YamlNode *Until = Map.node("until");
  if (!Until)
    return;
  Effect.Until = Into.nameAt(Map, "until", NameUse::UseKind::Milestone);
  bool IsValue = Effect.Kind == EffectKind::Returns &&
                 Effect.Result.Kind != ValueKind::Fresh;
  if (!IsValue)
    Map.error(Until->Where, "'until' ends a value that is returned",
              "leave 'until' out");
}

void readSemantics(const YamlNode &Node, RuleReading &Into) {
  readEntries(
      Node, "semantics", "an entry of 'semantics'", Into.Rules.Semantics, Into,
      [&](MapReader &Map, FunctionEffect &Entry) {
        readEffectKind(Map, Entry);
        readUntil(Map, Entry, Into);
        Entry.Functions = Map.globs("functions");
        Entry.Macros = Map.globs("macros");
        requireNames(Map, !Entry.Functions.empty() || !Entry.Macros.empty(),
                     "'functions: [...]' or 'macros: [...]'");
      });
}

void readStaticCalls(const YamlNode &Node, RuleReading &Into) {
  MapReader Map(Node, "'static_calls'", Into.Diagnostics);
  Into.Rules.StaticCalls.TrampolinePrefix =
      Map.requiredText("trampoline_prefix");
  Into.Rules.StaticCalls.KeyPrefix = Map.requiredText("key_prefix");
  Map.finish();
}

void readStaticKeys(const YamlNode &Node, RuleReading &Into) {
  MapReader Map(Node, "'static_keys'", Into.Diagnostics);
  Into.Rules.StaticKeys.EnabledPath = Map.texts("enabled_path");
  Map.finish();
}

void readCopies(const YamlNode &Node, RuleReading &Into) {
  readEntries(Node, "copies", "an entry of 'copies'", Into.Rules.Copies, Into,
              [](MapReader &Map, CopiedObjects &Entry) {
                Entry.Sections = requiredGlobs(Map, "sections");
              });
}

void readCallsNow(const YamlNode &Node, RuleReading &Into) {
  readEntries(Node, "calls_now", "an entry of 'calls_now'",
              Into.Rules.ImmediateCallers, Into,
              [](MapReader &Map, CallsNow &Entry) {
                Entry.Functions = requiredGlobs(Map, "functions");
                Map.requiredText("argument");
                Entry.Argument =
                    static_cast<unsigned>(Map.integer("argument").value_or(0));
              });
}

void readBoundaries(const YamlNode &Node, RuleReading &Into) {
  readEntries(Node, "boundaries", "a boundary", Into.Rules.Boundaries, Into,
              [](MapReader &Map, Boundary &Entry) {
                Entry.Functions = Map.globs("functions");
                Entry.Files = Map.globs("files");
                requireNames(Map,
                             !Entry.Functions.empty() || !Entry.Files.empty(),
                             "'functions: [...]' or 'files: [...]'");
              });
}

void readDeferrals(const YamlNode &Node, RuleReading &Into) {
  readEntries(Node, "deferred", "an entry of 'deferred'", Into.Rules.Deferrals,
              Into, [&](MapReader &Map, Deferral &Entry) {
                Entry.Functions = requiredGlobs(Map, "functions");
                Map.requiredText("after");
                Entry.After =
                    Into.nameAt(Map, "after", NameUse::UseKind::Milestone);
              });
}

void readWrappers(const YamlNode &Node, RuleReading &Into) {
  readEntries(Node, "wrappers", "a wrapper", Into.Rules.Wrappers, Into,
              [](MapReader &Map, Wrapper &Entry) {
                Entry.Functions = requiredGlobs(Map, "functions");
              });
}

/// `NAME: header.h`, or `NAME: {header: ..., optional: true}`.
static void readConstant(const YamlNode &Name, const YamlNode &Value,
                         RuleReading &Into) {
  ConstantRequest Constant;
  Constant.Name = Name.Text;
  Constant.Where = Name.Where;
  if (Value.isScalar()) {
    Constant.Header = Value.Text;
  } else {
    MapReader Map(Value, "constant '" + Name.Text + "'", Into.Diagnostics);
    Constant.Header = Map.requiredText("header");
    Constant.Optional = Map.flag("optional");
    Constant.When = Map.condition();
    Map.finish();
  }
  Into.Rules.Constants.push_back(std::move(Constant));
}

void readConstants(const YamlNode &Node, RuleReading &Into) {
  eachNamed(Node, "constants", Into,
            [&](const YamlNode &Name, const YamlNode &Value) {
              readConstant(Name, Value, Into);
            });
}

} // namespace bootorder
