//===- Lint.cpp - how well the rules fit a tree ---------------------------===//

#include "solve/Lint.h"
#include "solve/Fields.h"
#include "solve/Violations.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace bootorder;
using llvm::StringRef;
using llvm::Twine;

namespace {

/// The boot as far as rules of the default profile need it; milestones after
/// that are found all the same.
class WalkedBoot {
public:
  WalkedBoot(const Program &P, RuleSet Rules,
             const std::map<std::string, int64_t> &Constants)
      : Kept(withoutStrict(std::move(Rules))), Index(P, Kept),
        Milestones(Index, Constants), Walk(P, Index),
        History(walkBoot(Index, Milestones, Walk)) {}

  static RuleSet withoutStrict(RuleSet Rules) {
    llvm::erase_if(Rules.Rules,
                   [](const Rule &R) { return R.In == Profile::Strict; });
    return Rules;
  }

  const RuleSet Kept;
  RuleIndex Index;
  MilestoneIndex Milestones;
  BootWalk Walk;
  BootHistory History;
};

class Linter {
public:
  Linter(const Program &P, const RuleSet &Rules,
         const std::map<std::string, int64_t> &Constants)
      : P(P), Rules(Rules), Constants(Constants), Index(P, Rules),
        Boot(P, Rules, Constants) {
    for (const ProgramModule &M : P.Modules)
      for (const MacroExpansion &Macro : M.Facts->Macros)
        MacroNames.insert(M.Facts->str(Macro.Name));
    for (const ProgramFunction &F : P.Functions)
      FileNames.insert(F.File);
  }

  DiagnosticList run();

private:
  enum class NameKind { Function, Macro, File };

  void checkEntryPoints();
  void checkMilestones();
  void checkTables();
  void checkDispatchers(const LinkerTable &Table);
  void checkSemantics();
  void checkSink(const Sink &S, const Twine &Owner);
  void checkFields(const ObjectArgument &Object, const Twine &Owner);
  void checkRules();
  void checkOverlaps();
  void checkOrder();
  void checkNames(const GlobSet &Names, NameKind Kind, const SourceRange &Where,
                  const Twine &Owner);
  bool exists(const std::string &Name, NameKind Kind) const;
  bool isExplained(StringRef Name) const;
  std::string commonSinks(const RuleWindow &A, const RuleWindow &B) const;

  const Program &P;
  const RuleSet &Rules;
  const std::map<std::string, int64_t> &Constants;
  RuleIndex Index;
  WalkedBoot Boot;
  llvm::StringSet<> MacroNames, FileNames;
  llvm::StringSet<> Reported; ///< kind and name: once is enough
  DiagnosticList Complaints;
};

} // namespace

static const char NameRemedy[] =
    "correct it, or say in 'names' which trees have it";

bool Linter::exists(const std::string &Name, NameKind Kind) const {
  GlobSet One = llvm::cantFail(GlobSet::create(Name));
  if (Kind == NameKind::Function)
    return !P.functionsMatching(One).empty();
  const llvm::StringSet<> &Known =
      Kind == NameKind::Macro ? MacroNames : FileNames;
  if (!GlobSet::isPattern(Name))
    return Known.contains(Name);
  return llvm::any_of(
      Known, [&](const auto &Entry) { return One.matches(Entry.getKey()); });
}

/// Whether `names` says that the tree may lack \p Name, and not also that it
/// has it.
bool Linter::isExplained(StringRef Name) const {
  bool IsKnown = false;
  for (const NameStatement &Statement : Rules.Names)
    if (llvm::is_contained(Statement.Names, Name)) {
      if (Statement.Applies && !Statement.Optional)
        return false;
      IsKnown = true;
    }
  return IsKnown;
}

void Linter::checkNames(const GlobSet &Names, NameKind Kind,
                        const SourceRange &Where, const Twine &Owner) {
  StringRef What = Kind == NameKind::Function ? "function"
                   : Kind == NameKind::Macro  ? "macro"
                                              : "file";
  for (const std::string &Name : Names.patterns())
    if (!exists(Name, Kind) && !isExplained(Name) &&
        Reported.insert((What + " " + Name).str()).second)
      Complaints.add(Where,
                     Owner + " names " + What + " '" + Name +
                         "', which is not in this tree",
                     NameRemedy);
}

void Linter::checkEntryPoints() {
  for (const EntryPoint &Entry : Rules.EntryPoints) {
    if (llvm::is_contained(Boot.History.MissingEntryPoints, Entry.Function))
      Complaints.add(Entry.Where,
                     "entry point '" + Entry.Function + "' is not in this tree",
                     "add a condition, or 'optional: true'");
    auto Require = [&](const std::string &Name, llvm::StringRef What) {
      if (!Name.empty() && P.functionsNamed(Name).empty() && !isExplained(Name))
        Complaints.add(Entry.Where,
                       "entry point '" + Entry.Function + "' " + What.str() +
                           " '" + Name + "', which is not in this tree",
                       NameRemedy);
    };
    Require(Entry.SpawnedBy, "is spawned by");
    Require(Entry.Joins, "joins");
  }
}

void Linter::checkMilestones() {
  for (size_t I = 0; I < Rules.Milestones.size(); ++I) {
    const Milestone &M = Rules.Milestones[I];
    const MilestoneTime &Time = Boot.History.Milestones[I];
    if (!Time.IsKnown && !M.Optional)
      Complaints.add(M.Where,
                     "milestone '" + M.Name +
                         "' is not completed on the certain path of this boot",
                     "see 'bootorder dump steps'; name another event, add a "
                     "condition, or 'optional: true'");
    if (Time.IsKnown && Time.IsRepeated && M.Repeats.empty())
      Complaints.add(M.Where,
                     "the event of milestone '" + M.Name +
                         "' happens more than once in this boot",
                     "add 'in: FUNCTION', or say in 'repeats' why the first "
                     "one counts");
  }
}

void Linter::checkDispatchers(const LinkerTable &Table) {
  if (Table.Dispatchers.empty())
    Complaints.add(Table.Where,
                   "table '" + Table.Name + "' has no dispatcher for this tree",
                   "add one, or a condition for the table");
  for (const TableDispatcher &D : Table.Dispatchers) {
    bool MentionsNothing =
        llvm::none_of(Table.Boundaries, [&](const std::string &Name) {
          return !P.objectsNamed(Name).empty();
        });
    if (D.Function.empty() && MentionsNothing && !isExplained(Table.Name))
      Complaints.add(D.Where,
                     "none of the boundaries of table '" + Table.Name +
                         "' is in this tree, so nobody dispatches it",
                     "correct them, or say in 'names' which trees have '" +
                         Table.Name + "'");
    for (const std::string &Name : {D.Function, D.AtCall})
      if (!Name.empty() && P.functionsNamed(Name).empty() &&
          !isExplained(Name) && !isExplained(Table.Name))
        Complaints.add(D.Where,
                       "dispatcher '" + Name + "' of table '" + Table.Name +
                           "' is not in this tree",
                       NameRemedy);
  }
}

void Linter::checkTables() {
  std::set<uint32_t> Filled;
  for (const TableEntry &Entry : P.TableEntries)
    Filled.insert(Entry.Table);
  for (uint32_t T = 0; T < Rules.Tables.size(); ++T) {
    const LinkerTable &Table = Rules.Tables[T];
    if (!Filled.count(T) && !isExplained(Table.Name))
      Complaints.add(Table.Where,
                     "table '" + Table.Name + "' has no entry in this tree",
                     "correct its section, add a condition, or say in 'names' "
                     "which trees have '" +
                         Table.Name + "'");
    checkDispatchers(Table);
  }
}

void Linter::checkSemantics() {
  for (const FunctionEffect &E : Rules.Semantics) {
    checkNames(E.Functions, NameKind::Function, E.Where, "'semantics'");
    checkNames(E.Macros, NameKind::Macro, E.Where, "'semantics'");
  }
  for (const CallsNow &C : Rules.ImmediateCallers)
    checkNames(C.Functions, NameKind::Function, C.Where, "'calls_now'");
  for (const Boundary &B : Rules.Boundaries) {
    checkNames(B.Functions, NameKind::Function, B.Where, "a boundary");
    checkNames(B.Files, NameKind::File, B.Where, "a boundary");
  }
  for (const Deferral &D : Rules.Deferrals)
    checkNames(D.Functions, NameKind::Function, D.Where, "'deferred'");
  for (const Wrapper &W : Rules.Wrappers)
    checkNames(W.Functions, NameKind::Function, W.Where, "a wrapper");
  for (const ConstantRequest &C : Rules.Constants)
    if (!C.Optional && !Constants.count(C.Name))
      Complaints.add(C.Where,
                     "constant '" + C.Name + "' is not in '" + C.Header + "'",
                     "add a condition, or 'optional: true'");
}

void Linter::checkSink(const Sink &S, const Twine &Owner) {
  for (const GlobSet *Names :
       {&S.Functions, &S.CleanupOf, &S.Callers, &S.NotCallers})
    checkNames(*Names, NameKind::Function, S.Where, Owner);
  checkNames(S.Macros, NameKind::Macro, S.Where, Owner);
  if (S.Object)
    checkFields(*S.Object, Owner);
  for (const GlobSet *Names : {&S.Files, &S.NotFiles})
    checkNames(*Names, NameKind::File, S.Where, Owner);
}

void Linter::checkRules() {
  for (const Effect &E : Rules.Effects)
    for (const Sink &S : E.Uses)
      checkSink(S, "effect '" + E.Name + "'");
  for (const Rule &R : Rules.Rules) {
    std::string Owner = "rule '" + R.Id + "'";
    for (const Sink &S : R.Sinks)
      checkSink(S, Owner);
    if (R.MadeBy) {
      checkNames(R.MadeBy->Functions, NameKind::Function, R.MadeBy->Where,
                 Owner);
      checkFields(R.MadeBy->Object, Owner);
    }
  }
}

void Linter::checkFields(const ObjectArgument &Object, const Twine &Owner) {
  for (const std::string &Field : Object.Path)
    if (!fieldsNamed(P, Field) && !isExplained(Field))
      Complaints.add(Object.Where,
                     "field '" + Field + "' of " + Owner +
                         " is not in this tree",
                     NameRemedy);
}

/// Functions that both windows name, without asking who calls them or for a
/// value of their own.
std::string Linter::commonSinks(const RuleWindow &A,
                                const RuleWindow &B) const {
  auto Open = [&](const RuleWindow &W) {
    llvm::BitVector Functions(P.Functions.size());
    for (const ResolvedSink &S : W.Sinks)
      if (S.Source->Callers.empty() && S.Source->Files.empty() &&
          (!S.Source->Argument || S.Source->Argument->IsAnyOf.empty()))
        Functions |= S.Functions;
    return Functions;
  };
  llvm::BitVector Common = Open(A);
  Common &= Open(B);
  std::vector<std::string> Names;
  for (uint32_t F : Common.set_bits())
    if (Names.size() < 3)
      Names.push_back(("'" + P.Functions[F].Name + "'").str());
  return llvm::join(Names, ", ");
}

void Linter::checkOverlaps() {
  std::vector<RuleWindow> Windows =
      findWindows(Index, Profile::Strict, Constants, Boot.History);
  for (size_t A = 0; A < Windows.size(); ++A)
    for (size_t B = A + 1; B < Windows.size(); ++B) {
      const RuleWindow &First = Windows[A], &Second = Windows[B];
      if (First.Needs != Second.Needs ||
          First.NeedsAfter != Second.NeedsAfter ||
          First.Source == Second.Source)
        continue;
      std::string Names = commonSinks(First, Second);
      if (!Names.empty())
        Complaints.add(Second.Source->Where,
                       "rule '" + Second.Source->Id + "' overlaps with '" +
                           First.Source->Id + "', which needs the same of " +
                           Names,
                       "leave them to one of the two");
    }
}

void Linter::checkOrder() {
  auto From = [this](const std::string &Name) -> std::optional<uint32_t> {
    for (size_t I = 0; I < Rules.Milestones.size(); ++I)
      if (Rules.Milestones[I].Name == Name &&
          Boot.History.Milestones[I].IsKnown)
        return Boot.History.Milestones[I].From;
    return std::nullopt;
  };
  for (const ExpectedOrder &Order : Rules.Orders) {
    StringRef Last;
    uint32_t LastFrom = 0;
    for (const std::string &Name : Order.Milestones) {
      std::optional<uint32_t> Here = From(Name);
      if (!Here)
        continue;
      if (!Last.empty() && *Here < LastFrom)
        Complaints.add(Order.Where,
                       "milestone '" + Name + "' comes before '" + Last +
                           "' in this boot",
                       "the rules may not fit this tree; if it is right, add "
                       "a condition to this order");
      Last = Name;
      LastFrom = *Here;
    }
  }
}

DiagnosticList Linter::run() {
  checkEntryPoints();
  checkMilestones();
  checkTables();
  checkSemantics();
  checkRules();
  checkOverlaps();
  checkOrder();
  return std::move(Complaints);
}

DiagnosticList
bootorder::lintRules(const Program &P, const RuleSet &Rules,
                     const std::map<std::string, int64_t> &Constants) {
  return Linter(P, Rules, Constants).run();
}
