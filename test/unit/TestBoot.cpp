//===- TestBoot.cpp - five-line kernels in C ------------------------------===//

#include "TestBoot.h"
#include "gtest/gtest.h"

using namespace bootorder;

const char TestBoot::Frame[] = R"(
typedef unsigned int gfp_t;
#define WAIT 0x10u
#define HIGH 0x20u
void start(void), first(void), ready(void);
void sink(void), enable(void);
void *alloc(gfp_t flags);
)";

const char TestBoot::Start[] = R"(
void start(void) { first(); ready(); }
void ready(void) {}
)";

TestBoot &TestBoot::unit(llvm::StringRef Name, llvm::StringRef Code) {
  TestTu Tu("");
  Tu.Files[Name.str()] = (llvm::Twine(Frame) + Code).str();
  llvm::Expected<ExtractResult> Result =
      extractUnit(Tu.request(Name), &Headers, Tu.fileSystem());
  if (!Result) {
    ADD_FAILURE() << llvm::toString(Result.takeError());
    return *this;
  }
  for (const ParseNote &Note : Result->Facts.Notes)
    ADD_FAILURE() << Note.File << ":" << Note.Line << ": " << Note.Message;
  Units[Name.str()] = std::move(*Result);
  return *this;
}

static GlobSet named(const std::vector<std::string> &Names) {
  return llvm::cantFail(GlobSet::create(Names));
}

static void addRule(RuleSet &Rules, Sink What) {
  EntryPoint Entry;
  Entry.Function = "start";
  Milestone Ready;
  Ready.Name = "ready";
  Ready.Events.emplace_back().Subject = "ready";
  Rule Early;
  Early.Id = "early";
  Early.After = "ready";
  Early.Sinks = {std::move(What)};
  Rules.EntryPoints = {Entry};
  Rules.Milestones.push_back(Ready);
  Rules.Rules.push_back(Early);
}

TestBoot &TestBoot::forbidSink() {
  Sink What;
  What.Functions = named({"sink"});
  addRule(Rules, What);
  return *this;
}

TestBoot &TestBoot::forbidAlloc(bool MattersForEnabling) {
  Sink What;
  What.Functions = named({"alloc"});
  What.Argument.emplace().TypeName = "gfp_t";
  What.Argument->HasAnyBit = {"WAIT"};
  Options.Constants = {{"WAIT", 0x10}};
  if (MattersForEnabling) {
    Effect Enabling;
    Enabling.Name = "enabling";
    Enabling.Uses.emplace_back().Functions = named({"enable"});
    Rules.Effects = {Enabling};
    What.MattersFor = {"enabling"};
  }
  addRule(Rules, What);
  return *this;
}

TestBoot &TestBoot::state(FunctionEffect::EffectKind Kind,
                          const std::vector<std::string> &Names) {
  FunctionEffect &E = Rules.Semantics.emplace_back();
  E.Kind = Kind;
  E.Functions = named(Names);
  return *this;
}

const Program &TestBoot::link(bool IsReversed) {
  std::vector<LinkUnit> List;
  for (const auto &[Name, Unit] : Units)
    List.push_back({&Unit.Facts, ""});
  if (IsReversed)
    std::reverse(List.begin(), List.end());
  std::vector<const HeaderFacts *> Shared;
  for (const auto &[Key, Facts] : Headers.Known)
    Shared.push_back(&Facts);
  Linked = bootorder::link(List, Shared, Rules);
  return Linked;
}

SolveResult TestBoot::solve(bool IsReversed) {
  return bootorder::solve(link(IsReversed), Rules, Options);
}

std::vector<std::string> TestBoot::findings(bool IsReversed) {
  std::vector<std::string> List;
  for (const Finding &F : solve(IsReversed).Findings) {
    std::string Kind = F.Class == FindingClass::Masked   ? " masked"
                       : F.Class == FindingClass::Latent ? " latent"
                                                         : "";
    List.push_back(F.Function + ": " + F.Sink +
                   (F.HasValue && !F.Value.IsKnown ? "?" : "") + Kind);
    for (const OtherPlace &Other : F.Others)
      List.push_back(Other.Function + ": " + Other.Sink + Kind);
  }
  return List;
}

std::vector<std::string> TestBoot::reached() {
  std::vector<std::string> Names;
  for (const ReachedRow &Row : solve().Reached)
    Names.push_back(Row.Function);
  return Names;
}

FieldKey TestBoot::field(llvm::StringRef Record, llvm::StringRef Name) const {
  for (uint32_t F = 0; F < Linked.Fields.size(); ++F)
    if (Linked.Fields[F].Record == Record && Linked.Fields[F].Name == Name)
      return FieldKey(F);
  ADD_FAILURE() << Record.str() << "." << Name.str() << " is not used";
  return FieldKey();
}
