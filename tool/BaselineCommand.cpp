/// \file
/// `bootorder baseline`: write and prune the list of findings a tree may keep.

#include "tool/driver/CommandLine.h"
#include "tool/driver/Gate.h"
#include "tool/report/Baseline.h"

#include "support/Error.h"
#include "support/Files.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/FileSystem.h"

#include <CLI/CLI.hpp>

#include <set>

namespace bootorder {

namespace {

struct BaselineOptions {
  AnalysisOptions Analysis;
  std::string File;
  Acceptance By;
  bool MayGrow = false;
};

} // namespace

/// The baseline to start from; nothing if there is no file yet.
static std::optional<Baseline> readIfThere(const std::string &File,
                                           CommandResult &Result) {
  Baseline None;
  None.File = File;
  if (!llvm::sys::fs::exists(File))
    return None;
  llvm::Expected<Baseline> Read = readBaseline(File);
  if (Read)
    return std::move(*Read);
  Result.fail(ExitStatus::UsageError, Read.takeError());
  return std::nullopt;
}

static std::optional<Report> reportOn(const BaselineOptions &Options,
                                      CommandResult &Result) {
  std::optional<Analysis> Analysed = analyse(Options.Analysis, Result);
  if (!Analysed)
    return std::nullopt;
  return reportOf(std::move(*Analysed), ReportRequest());
}

/// Adds \p F, or its roots to an entry that is to be added already: findings of
/// one fingerprint share an entry.
static void addEntry(BaselineEdit &Edit, BaselineEntry Entry) {
  auto Known = llvm::find_if(Edit.Added, [&](const BaselineEntry &Added) {
    return Added.Fingerprint == Entry.Fingerprint;
  });
  if (Known == Edit.Added.end()) {
    Edit.Added.push_back(std::move(Entry));
    return;
  }
  std::set<std::string> Roots(Known->Roots.begin(), Known->Roots.end());
  Roots.insert(Entry.Roots.begin(), Entry.Roots.end());
  Known->Roots.assign(Roots.begin(), Roots.end());
}

/// What \p B lacks of \p R: entries to change, entries to add.
static BaselineEdit growthOf(const Baseline &B, const Report &R,
                             const Acceptance &By) {
  BaselineEdit Edit = editOf(B);
  for (const Finding &F : R.Result.Findings) {
    if (!isReported(R, F))
      continue;
    const BaselineEntry *Entry = findEntry(B, F, R.Arch);
    if (!Entry) {
      addEntry(Edit, entryOf(F, R.Arch, By));
      continue;
    }
    size_t Index = Entry - B.Entries.data();
    bool IsExpired = hasExpired(Entry->Expires, today(), R.Kernel);
    BaselineEntry &Changed = Edit.Replaced[Index];
    std::vector<std::string> Beyond = rootsBeyond(Changed, F);
    if (Beyond.empty() && !IsExpired)
      continue;
    Edit.IsChanged[Index] = true;
    llvm::append_range(Changed.Roots, Beyond);
    llvm::sort(Changed.Roots);
    if (IsExpired)
      Changed.Expires.Text = By.Expires;
  }
  return Edit;
}

/// `2 findings and 1 root of known ones`, with their places.
static void printGrowth(const BaselineEdit &Edit) {
  for (const BaselineEntry &Entry : Edit.Added)
    llvm::errs() << "  new: " << Entry.Rule << " in " << Entry.In << "\n";
  for (size_t I = 0; I != Edit.Replaced.size(); ++I)
    if (Edit.IsChanged[I])
      llvm::errs() << "  new roots, or expired: " << Edit.Replaced[I].Rule
                   << " in " << Edit.Replaced[I].In << "\n";
}

/// An error unless the file may take up what \p Edit brings.
static llvm::Error checkGrowth(const BaselineOptions &Options, bool IsThere,
                               const BaselineEdit &Edit, size_t Count) {
  if (IsThere && !Options.MayGrow)
    return makeError(
        "'" + Options.File + "' would grow by " + countText(Count, "finding") +
        "; read them with 'bootorder check --baseline " + Options.File +
        " --fail-on new', and accept them with '--add'");
  if (!Edit.Added.empty() &&
      (Options.By.Owner.empty() || Options.By.Reason.empty()))
    return makeError("an entry needs an owner and a reason; give '--owner' and "
                     "'--reason', and edit the file where they differ");
  return llvm::Error::success();
}

static void runWrite(const BaselineOptions &Options, CommandResult &Result) {
  bool IsThere = llvm::sys::fs::exists(Options.File);
  std::optional<Baseline> B = readIfThere(Options.File, Result);
  if (!B)
    return;
  if (llvm::Error E = checkExpiry(Options.By.Expires))
    return Result.fail(ExitStatus::UsageError, std::move(E));
  std::optional<Report> R = reportOn(Options, Result);
  if (!R)
    return;

  BaselineEdit Edit = growthOf(*B, *R, Options.By);
  size_t Count = Edit.Added.size() + llvm::count(Edit.IsChanged, true);
  if (Count != 0)
    if (llvm::Error E = checkGrowth(Options, IsThere, Edit, Count)) {
      printGrowth(Edit);
      return Result.fail(IsThere && !Options.MayGrow ? ExitStatus::GateFailed
                                                     : ExitStatus::UsageError,
                         std::move(E));
    }
  if (Count != 0 || !IsThere)
    if (llvm::Error E = writeFile(Options.File, editedText(*B, Edit)))
      return Result.fail(ExitStatus::InternalError, std::move(E));
  llvm::outs() << Options.File << ": " << countText(Edit.Added.size())
               << " added, " << countText(Count - Edit.Added.size())
               << " changed\n";
  if (!R->Incomplete.empty())
    Result.Status = ExitStatus::Incomplete;
}

/// Entries that no finding needs, and roots that no longer reach one.
static BaselineEdit shrinkingOf(const Baseline &B, const Report &R) {
  BaselineEdit Edit = editOf(B);
  for (size_t I = 0; I != B.Entries.size(); ++I) {
    const BaselineEntry &Entry = B.Entries[I];
    if (Entry.Arch != R.Arch)
      continue;
    Edit.IsDropped[I] = true;
    std::set<std::string> Roots;
    for (const Finding &F : R.Result.Findings)
      if (isReported(R, F) && F.Fingerprint == Entry.Fingerprint) {
        Roots.insert(F.Roots.begin(), F.Roots.end());
        Edit.IsDropped[I] = false;
      }
    if (Edit.IsDropped[I])
      continue;
    llvm::erase_if(Edit.Replaced[I].Roots, [&](const std::string &Root) {
      return Roots.count(Root) == 0;
    });
    Edit.IsChanged[I] = Edit.Replaced[I].Roots.size() != Entry.Roots.size();
  }
  return Edit;
}

static void runPrune(const BaselineOptions &Options, CommandResult &Result) {
  llvm::Expected<Baseline> B = readBaseline(Options.File);
  if (!B)
    return Result.fail(ExitStatus::UsageError, B.takeError());
  std::optional<Report> R = reportOn(Options, Result);
  if (!R)
    return;
  if (!R->Incomplete.empty())
    return Result.fail(
        ExitStatus::Incomplete,
        makeError("'" + Options.File +
                  "' stays as it is: the analysis is incomplete (" +
                  R->Incomplete.front() +
                  "), so what was not found may still be there"));

  BaselineEdit Edit = shrinkingOf(*B, *R);
  size_t Dropped = llvm::count(Edit.IsDropped, true),
         Changed = llvm::count(Edit.IsChanged, true);
  if (Dropped + Changed != 0)
    if (llvm::Error E = writeFile(Options.File, editedText(*B, Edit)))
      return Result.fail(ExitStatus::InternalError, std::move(E));
  llvm::outs() << Options.File << ": " << countText(Dropped)
               << " stale removed, " << countText(Changed)
               << " with fewer roots, "
               << countText(B->Entries.size() - Dropped) << " left\n";
}

static void addCommonOptions(CLI::App &Command, BaselineOptions &Options) {
  addTreeOptions(Command, Options.Analysis);
  addFactsOption(Command, Options.Analysis);
  addRuleOptions(Command, Options.Analysis);
  Command.add_option("FILE", Options.File, "The baseline")->required();
}

void registerBaselineCommand(CLI::App &App, CommandResult &Result) {
  CLI::App &Command = *App.add_subcommand(
      "baseline", "Write and prune the findings that a tree may keep");
  Command.require_subcommand(/*min=*/1, /*max=*/1);
  auto Options = std::make_shared<BaselineOptions>();

  CLI::App &Write = *Command.add_subcommand(
      "write", "Accept all findings of a tree, in a new file or with --add");
  addCommonOptions(Write, *Options);
  Write.add_option("--owner", Options->By.Owner, "Who looks after them")
      ->type_name("NAME");
  Write.add_option("--reason", Options->By.Reason, "Why they may stay")
      ->type_name("TEXT");
  Write
      .add_option("--expires", Options->By.Expires,
                  "Until when: a day, or the first kernel without them")
      ->type_name("2027-01-31|v6.14");
  Write.add_flag("--add", Options->MayGrow, "Let a file that is there grow");
  Write.callback([Options, &Result] { runWrite(*Options, Result); });

  CLI::App &Prune = *Command.add_subcommand(
      "prune", "Remove entries and roots that no finding needs any more");
  addCommonOptions(Prune, *Options);
  Prune.callback([Options, &Result] { runPrune(*Options, Result); });
}

} // namespace bootorder
