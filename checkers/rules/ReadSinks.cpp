#include "rules/RuleParts.h"

using namespace llvm;

namespace bootorder {

using UseKind = NameUse::UseKind;

static SinkArgument readArgument(const YamlNode &Node, RuleReading &Into) {
  MapReader Map(Node, "'argument'", Into.Diagnostics);
  SinkArgument Argument;
  if (Map.onlyOneOf({"index", "type"}) == "type")
    Argument.TypeName = Map.requiredText("type");
  else if (std::optional<int64_t> Index = Map.integer("index"))
    Argument.Index = static_cast<unsigned>(*Index);
  Argument.HasAnyBit = Into.namesAt(Map, "has_any_bit", UseKind::Constant);
  for (const YamlNode &Node : Map.textNodes("is_any_of")) {
    int64_t Number;
    if (StringRef(Node.Text).getAsInteger(/*Radix=*/0, Number))
      Into.use(UseKind::Constant, Node);
    Argument.IsAnyOf.push_back(Node.Text);
  }
  if (!Argument.HasAnyBit.empty() && !Argument.IsAnyOf.empty())
    Map.error(Map.node("is_any_of")->Where,
              "'argument' asks for bits and for values", "keep one");
  Argument.Where = Map.place();
  Map.finish();
  return Argument;
}

/// Reads `object: {index: N, path: [record.field, ...]}`.
static ObjectArgument readObject(const YamlNode &Node, RuleReading &Into) {
  MapReader Map(Node, "'object'", Into.Diagnostics);
  ObjectArgument Object;
  Map.requiredText("index");
  Object.Index = static_cast<unsigned>(Map.integer("index").value_or(0));
  for (const YamlNode &Step : Map.textNodes("path")) {
    auto [Record, Field] = StringRef(Step.Text).split('.');
    if (Record.empty() || Field.empty() || Field.contains('.'))
      Map.error(Step.Where, "'" + Step.Text + "' is not a field",
                "write RECORD.FIELD");
    Object.Path.push_back(Step.Text);
  }
  Object.Where = Map.place();
  Map.finish();
  return Object;
}

/// Reads `callers:` or `files:`, a map of `in` and `not_in`.
static void readFilter(MapReader &Sink, StringRef Key, GlobSet &In,
                       GlobSet &NotIn, RuleReading &Into) {
  const YamlNode *Node = Sink.node(Key);
  if (!Node)
    return;
  MapReader Map(*Node, "'" + Key + "'", Into.Diagnostics);
  In = Map.globs("in");
  NotIn = Map.globs("not_in");
  Map.finish();
}

/// What decides about an effect's uses is written at the effect.
static void checkHaving(MapReader &Map, const Sink &S) {
  if (S.Having.empty())
    return;
  for (StringRef Key : {"argument", "object", "kernels", "arch", "when_config"})
    if (const YamlNode *Node = Map.node(Key))
      Map.error(Node->Where, "'" + Key + "' does not go with 'having'",
                "write it at the uses of the effect");
}

/// \p Owner names the rule or effect that the sink belongs to.
static Sink readSink(const YamlNode &Node, const Twine &Owner,
                     RuleReading &Into) {
  MapReader Map(Node, "a sink of " + Owner, Into.Diagnostics);
  Sink S;
  S.Functions = Map.globs("functions");
  S.Macros = Map.globs("macros");
  S.CleanupOf = Map.globs("cleanup_of");
  S.Having = Into.namesAt(Map, "having", UseKind::Effect);
  if (Node.isMap() && S.Functions.empty() && S.Macros.empty() &&
      S.CleanupOf.empty() && S.Having.empty())
    Map.error(Map.place(), Map.what() + " names nothing",
              "add one of 'functions', 'macros', 'cleanup_of', 'having'");
  if (const YamlNode *Argument = Map.node("argument"))
    S.Argument = readArgument(*Argument, Into);
  if (const YamlNode *Object = Map.node("object"))
    S.Object = readObject(*Object, Into);
  S.MattersFor = Into.namesAt(Map, "matters_for", UseKind::Effect);
  readFilter(Map, "callers", S.Callers, S.NotCallers, Into);
  readFilter(Map, "files", S.Files, S.NotFiles, Into);
  S.Tasks = readTasks(Map, "tasks");
  S.When = Map.condition();
  S.Reason = Map.text("reason");
  if (S.Reason.empty() && !(S.NotCallers.empty() && S.NotFiles.empty()))
    Map.error(Map.place(), Map.what() + " leaves places out without a reason",
              "add 'reason: ...'");
  S.Where = Map.place();
  checkHaving(Map, S);
  Map.finish();
  return S;
}

void readSinks(const YamlNode &Node, const Twine &Owner,
               std::vector<Sink> &Sinks, RuleReading &Into) {
  if (!Node.isSequence()) {
    Sinks.push_back(readSink(Node, Owner, Into));
    return;
  }
  for (const YamlNode &Item : Node.Items)
    Sinks.push_back(readSink(Item, Owner, Into));
}

static void readEffect(const YamlNode &Name, const YamlNode &Value,
                       RuleReading &Into) {
  checkSpelling(Name, '_', Into);
  MapReader Map(Value, "effect '" + Name.Text + "'", Into.Diagnostics);
  Effect Entry;
  Entry.Name = Name.Text;
  Entry.Means = Map.requiredText("means");
  if (const YamlNode *Uses = Map.node("uses"))
    readSinks(*Uses, Map.what(), Entry.Uses, Into);
  if (Entry.Uses.empty() && Value.isMap())
    Map.error(Map.place(), Map.what() + " has no 'uses'",
              "list the functions or macros that have the effect");
  Entry.Where = Name.Where;
  Map.finish();
  Into.Rules.Effects.push_back(std::move(Entry));
}

void readEffects(const YamlNode &Node, RuleReading &Into) {
  eachNamed(Node, "effects", Into,
            [&](const YamlNode &Name, const YamlNode &Value) {
              readEffect(Name, Value, Into);
            });
}

/// `made_by: {functions: [...], object: ...}`.
static Provider readProvider(const YamlNode &Node, RuleReading &Into) {
  MapReader Map(Node, "'made_by'", Into.Diagnostics);
  Provider Made;
  Made.Functions = Map.globs("functions");
  if (const YamlNode *Object = Map.node("object"))
    Made.Object = readObject(*Object, Into);
  if (Node.isMap() && (Made.Functions.empty() || !Map.node("object")))
    Map.error(Map.place(), "'made_by' does not say what makes which object",
              "write '{functions: [...], object: {index: N}}'");
  Made.Where = Map.place();
  Map.finish();
  return Made;
}

static void checkObject(const Rule &R, const Sink &S, DiagnosticList &Out) {
  if (R.MadeBy && !S.Object)
    Out.add(S.Where,
            "a sink of rule '" + R.Id +
                "' does not say which object has to be "
                "made",
            "add 'object: {index: N}'");
  if (!R.MadeBy && S.Object)
    Out.add(S.Object->Where,
            "a sink of rule '" + R.Id +
                "' is about an object that nothing has "
                "to make",
            "leave 'object' out, or write 'needs: {made_by: ...}'");
  if (S.Object && (S.Argument || !S.Macros.empty()))
    Out.add(S.Object->Where,
            "'object' goes with calls alone, without 'argument' and 'macros'",
            "leave those out, or write two rules");
}

void checkObjects(RuleReading &Into) {
  for (const Rule &R : Into.Rules.Rules)
    for (const Sink &S : R.Sinks)
      checkObject(R, S, Into.Diagnostics);
}

static void readNeeds(MapReader &Owner, Rule &R, RuleReading &Into) {
  const YamlNode *Node = Owner.node("needs");
  if (!Node) {
    Owner.error(R.Where, Owner.what() + " has no 'needs'",
                "add 'needs: {after: MILESTONE}'");
    return;
  }
  MapReader Map(*Node, "'needs' of " + Owner.what(), Into.Diagnostics);
  R.After = Into.nameAt(Map, "after", UseKind::Milestone);
  R.Before = Into.nameAt(Map, "before", UseKind::Milestone);
  R.Until = Into.nameAt(Map, "until", UseKind::Milestone);
  if (!R.Until.empty() && R.Before.empty())
    Map.error(Map.node("until")->Where, "'until' ends what 'before' begins",
              "add 'before', or leave 'until' out");
  bool HasMilestone = !R.After.empty() || !R.Before.empty();
  if (const YamlNode *MadeBy = Map.node("made_by")) {
    R.MadeBy = readProvider(*MadeBy, Into);
    if (HasMilestone)
      Map.error(MadeBy->Where, "'made_by' is a need of its own",
                "leave 'after' and 'before' out, or write two rules");
  } else if (!HasMilestone && Node->isMap()) {
    Map.error(Map.place(), Map.what() + " names no milestone",
              "add 'after' or 'before', or both for a window");
  }
  Map.finish();
}

static void readReferences(MapReader &Owner, Rule &R, RuleReading &Into) {
  Owner.each("source", [&](const YamlNode &Item) {
    MapReader Map(Item, "a source of " + Owner.what(), Into.Diagnostics);
    KernelReference Reference;
    Reference.File = Map.requiredText("file");
    Reference.Function = Map.text("function");
    Reference.Version = Map.requiredText("version");
    Reference.Says = Map.text("says");
    Map.finish();
    R.References.push_back(std::move(Reference));
  });
  if (R.References.empty())
    Owner.error(R.Where, Owner.what() + " cites no kernel source",
                "add 'source: [{file: ..., function: ..., version: ...}]'");
}

/// How much a finding of the rule counts, and for whom.
static void readWeight(MapReader &Map, Rule &R) {
  static constexpr std::pair<StringRef, SeverityKind> Severities[] = {
      {"error", SeverityKind::Error},
      {"warning", SeverityKind::Warning},
      {"note", SeverityKind::Note}};
  static constexpr std::pair<StringRef, Profile> Profiles[] = {
      {"default", Profile::Default}, {"strict", Profile::Strict}};
  static constexpr std::pair<StringRef, bool> Stages[] = {{"trial", true},
                                                          {"stable", false}};
  R.Level = Map.choice("severity", ArrayRef(Severities), SeverityKind::Error);
  R.In = Map.choice("profile", ArrayRef(Profiles), Profile::Default);
  R.IsTrial = Map.choice("stage", ArrayRef(Stages), false);
}

static void readRule(const YamlNode &Name, const YamlNode &Value,
                     RuleReading &Into) {
  checkSpelling(Name, '-', Into);
  MapReader Map(Value, "rule '" + Name.Text + "'", Into.Diagnostics);
  Rule R;
  R.Id = Name.Text;
  R.Where = Name.Where;
  R.Title = Map.requiredText("title");
  readWeight(Map, R);
  R.Why = Map.requiredText("why");
  R.Fix = Map.requiredText("fix");
  R.Doc = Map.text("doc");
  if (R.Doc.empty())
    R.Doc = "docs/checks/" + R.Id + ".md";
  R.Since = Map.requiredText("since");
  if (const YamlNode *Sinks = Map.node("sinks"))
    readSinks(*Sinks, Map.what(), R.Sinks, Into);
  if (R.Sinks.empty() && Value.isMap())
    Map.error(R.Where, Map.what() + " has no 'sinks'",
              "list the uses that it is about");
  readNeeds(Map, R, Into);
  readReferences(Map, R, Into);
  R.When = Map.condition();
  Map.finish();
  Into.Rules.Rules.push_back(std::move(R));
}

void readRuleEntries(const YamlNode &Node, RuleReading &Into) {
  eachNamed(Node, "rules", Into,
            [&](const YamlNode &Name, const YamlNode &Value) {
              readRule(Name, Value, Into);
            });
}

} // namespace bootorder
