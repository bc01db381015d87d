//===- PreludeReplay.cpp - would the unit have read the same? -------------===//

#include "extract/PreludeReplay.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/xxhash.h"

using namespace bootorder;

std::string Conflict::text() const {
  switch (Kind) {
  case ConflictKind::None:
    return "none";
  case ConflictKind::HeaderReadsMacro:
    return "another '" + Subject + "' for '" + In + "'";
  case ConflictKind::BodyReadsMacro:
    return "another '" + Subject + "' for the body of '" + In + "'";
  case ConflictKind::UnitReadsMacro:
    return "'" + Subject + "' comes from a header that was not asked for";
  case ConflictKind::NameIsMacro:
    return "'" + Subject + "' is no macro in '" + In + "'";
  case ConflictKind::OpenStatic:
    return "'" + Subject + "' is declared in headers and left to units";
  case ConflictKind::UnknownFile:
    return "'" + Subject + "' is not in the table of the prelude";
  case ConflictKind::Diagnostic:
    return Subject;
  }
  return "unknown";
}

PreludeReplay::PreludeReplay(const PreludeIndex &Index, OwnMeaning OwnOf)
    : Index(Index), Table(Index.Table), OwnOf(std::move(OwnOf)),
      State(Table.Macros.size(), None), Changed(Table.Macros.size()),
      Requested(Table.Files.size()),
      Replayed(Table.Inclusions.size()), Spoilt(Table.Files.size()),
      Named(Table.Functions.size()) {
  for (const MacroEvent &E : Table.Inclusions[PreludeTable::BuiltIn].Events)
    if (E.Kind == MacroEventKind::Define)
      State[E.Subject] = E.Meaning;
}

void PreludeReplay::start() {
  if (HasStarted)
    return;
  HasStarted = true;
  for (const MacroEvent &E : Table.Inclusions[PreludeTable::BuiltIn].Events)
    if (E.Kind == MacroEventKind::Include)
      include(E.Subject, E.Meaning);
}

void PreludeReplay::fail(Conflict C) {
  if (!First)
    First = std::move(C);
}

void PreludeReplay::defineName(llvm::StringRef Name) {
  PlainName Wanted{llvm::xxh3_64bits(Name), 0};
  for (auto It = llvm::lower_bound(Table.PlainNames, Wanted);
       It != Table.PlainNames.end() && It->Hash == Wanted.Hash; ++It) {
    Spoilt.set(It->File);
    SpoiltBy = Name.str();
  }
}

MacroMeaning PreludeReplay::describe(uint32_t Meaning) const {
  return Meaning < Table.Meanings.size() ? Table.Meanings[Meaning]
                                         : OwnOf(Meaning);
}

bool PreludeReplay::isAlike(uint32_t A, uint32_t B) const {
  return A == B ||
         (A != None && B != None && describe(A).Blind == describe(B).Blind);
}

bool PreludeReplay::isHalfGuarded(uint32_t File) const {
  uint32_t First = Table.Files[File].Inclusion;
  if (Table.Files[File].IsGuarded || First == None)
    return false;
  const std::vector<MacroEvent> &Events = Table.Inclusions[First].Events;
  // Trace events name their system before the guard.
  auto Guard = llvm::find_if(Events, [](const MacroEvent &E) {
    return E.Kind != MacroEventKind::Define &&
           E.Kind != MacroEventKind::Undefine;
  });
  return Guard != Events.end() && Guard + 1 != Events.end() &&
         Guard->Kind == MacroEventKind::Test && Guard->Meaning == None &&
         Guard[1].Kind == MacroEventKind::Define &&
         Guard[1].Subject == Guard->Subject &&
         Table.Inclusions[First].Owned.empty();
}

/// Whether the conditions at the top of \p Inclusion come out as they did.
bool PreludeReplay::fits(uint32_t Inclusion) const {
  llvm::SmallDenseMap<uint32_t, bool> IsDefined; // by the inclusion itself
  for (const MacroEvent &E : Table.Inclusions[Inclusion].Events) {
    switch (E.Kind) {
    case MacroEventKind::Define:
    case MacroEventKind::DefineDefault:
      IsDefined[E.Subject] = true;
      break;
    case MacroEventKind::Undefine:
      IsDefined[E.Subject] = false;
      break;
    case MacroEventKind::Test: {
      auto Own = IsDefined.find(E.Subject);
      bool Is = Own == IsDefined.end() ? State[E.Subject] != None : Own->second;
      if (Is != (E.Meaning != None))
        return false;
      break;
    }
    case MacroEventKind::Include:
      return true;
    case MacroEventKind::Expand:
    case MacroEventKind::Name:
    case MacroEventKind::EnterBody:
    case MacroEventKind::LeaveBody:
      break;
    }
  }
  return true;
}

/// A file that reads differently when it is read again, as its guard is not
/// around all of it, was read at several places of the prelude.
uint32_t PreludeReplay::readingOf(uint32_t File, uint32_t Recorded) const {
  if (fits(Recorded))
    return Recorded;
  for (uint32_t Other : Index.inclusions(File))
    if (fits(Other))
      return Other;
  return Recorded;
}

void PreludeReplay::request(uint32_t File) {
  start();
  ++Requests;
  runFile(File);
}

void PreludeReplay::runFile(uint32_t File) {
  if (Requested[File] && Table.Files[File].IsGuarded)
    return;
  if (Table.Files[File].Inclusion != None)
    run(Table.Files[File].Inclusion);
}

void PreludeReplay::include(uint32_t File, uint32_t Inclusion) {
  if (Table.Files[File].IsGuarded)
    runFile(File);
  else if (Inclusion != None)
    run(readingOf(File, Inclusion));
}

void PreludeReplay::run(uint32_t Inclusion) {
  uint32_t File = Table.Inclusions[Inclusion].File;
  Requested.set(File);
  Replayed.set(Inclusion);
  if (Spoilt[File])
    fail({ConflictKind::NameIsMacro, SpoiltBy, Table.Files[File].Path, None});
  for (const MacroEvent &E : Table.Inclusions[Inclusion].Events) {
    if (First)
      return;
    runEvent(E, File);
  }
}

/// A body matters only if the unit's facts rest on it.
void PreludeReplay::failReader(const MacroEvent &E, uint32_t File) {
  if (Body != None && E.Kind != MacroEventKind::Test)
    OtherBodies.try_emplace(Body, E.Subject);
  else
    fail({ConflictKind::HeaderReadsMacro, Table.Macros[E.Subject],
          Table.Files[File].Path, None});
}

void PreludeReplay::set(uint32_t Macro, uint32_t Meaning) {
  if (State[Macro] == Meaning)
    return;
  State[Macro] = Meaning;
  Changed[Macro] = Requests;
}

void PreludeReplay::runEvent(const MacroEvent &E, uint32_t File) {
  switch (E.Kind) {
  case MacroEventKind::Include:
    return include(E.Subject, E.Meaning);
  case MacroEventKind::DefineDefault:
    if (State[E.Subject] != None)
      return;
    [[fallthrough]];
  case MacroEventKind::Define:
    set(E.Subject, E.Meaning);
    if (Table.Final[E.Subject] == None)
      HasLost = true;
    return;
  case MacroEventKind::Undefine:
    set(E.Subject, None);
    return;
  case MacroEventKind::Test:
    if ((State[E.Subject] != None) != (E.Meaning != None))
      failReader(E, File);
    return;
  case MacroEventKind::Expand:
    if (!isAlike(State[E.Subject], E.Meaning))
      failReader(E, File);
    return;
  case MacroEventKind::Name:
    if (State[E.Subject] != None && !describe(State[E.Subject]).IsFunctionLike)
      failReader(E, File);
    return;
  case MacroEventKind::EnterBody:
    Body = E.Subject;
    return;
  case MacroEventKind::LeaveBody:
    Body = None;
    return;
  }
}

void PreludeReplay::failUnit(uint32_t Macro) {
  fail({ConflictKind::UnitReadsMacro, Table.Macros[Macro], "", Macro});
}

void PreludeReplay::expand(uint32_t Macro, uint32_t Actual) {
  uint32_t Meant = State[Macro];
  if (Meant == Actual)
    return;
  size_t Known = Table.Meanings.size();
  bool IsSame = Meant < Known && Actual < Known &&
                Table.Meanings[Meant].Text == Table.Meanings[Actual].Text;
  if (!IsSame)
    failUnit(Macro);
}

void PreludeReplay::test(uint32_t Macro, bool IsDefined) {
  if ((State[Macro] != None) != IsDefined)
    failUnit(Macro);
}

void PreludeReplay::use(uint32_t Macro) {
  if (State[Macro] != None)
    failUnit(Macro);
}

void PreludeReplay::finish() {
  if (OtherBodies.empty())
    return;
  llvm::SmallVector<uint32_t, 16> Left(Named.set_bits());
  while (!Left.empty()) {
    uint32_t Function = Left.pop_back_val();
    const PreludeFunction &F = Table.Functions[Function];
    if (auto Found = OtherBodies.find(Function); Found != OtherBodies.end())
      return fail({ConflictKind::BodyReadsMacro, Table.Macros[Found->second],
                   F.Name, None});
    for (uint32_t Used : F.Uses)
      if (!Named[Used]) {
        Named.set(Used);
        Left.push_back(Used);
      }
  }
}
