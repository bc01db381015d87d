#include "tool/driver/Watch.h"

#include "store/FileMemo.h"
#include "support/Error.h"
#include "support/Paths.h"
#include "tool/driver/FileWatch.h"
#include "tool/driver/Interrupt.h"
#include "tool/report/ReportDiff.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/raw_ostream.h"
#ifdef __GLIBC__
#include <malloc.h>
#endif

using namespace llvm;

namespace bootorder {

namespace {

/// The report before, and what the next one waits for.
class Watcher {
public:
  explicit Watcher(WatchedCheck Check) : Check(Check) {}

  /// False if there is nothing to watch, which \p Result then says.
  bool runFirst(CommandResult &Result);
  /// \p Result is left alone unless there is no way on.
  void waitAndRun(CommandResult &Result);

private:
  void takeReport(const Report &R, RunInputs Inputs);
  void say(const Twine &Line) { errs() << "bootorder: " << Line << "\n"; }
  std::string changeText(ArrayRef<std::string> Changed) const;

  WatchedCheck Check;
  std::vector<RunInput> Files; ///< that the last report rests on
  int64_t Since = 0;           ///< when the last check began
  KnownReport Last;
  std::string SourceRoot;
};

} // namespace

/// Gives back what the check has taken: the wait may be long.
static void returnMemory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

/// `'mm/slub.c' has changed`, `'a.c', 'b.c' and 2 more files have changed`.
std::string Watcher::changeText(ArrayRef<std::string> Changed) const {
  constexpr size_t Shown = 2;
  std::string Text;
  for (const std::string &Path : Changed.take_front(Shown))
    Text +=
        (Text.empty() ? "'" : ", '") + treeRelativePath(Path, SourceRoot) + "'";
  if (Changed.size() > Shown)
    Text += " and " + countText(Changed.size() - Shown, "more file");
  return Text + (Changed.size() == 1 ? " has changed" : " have changed");
}

void Watcher::takeReport(const Report &R, RunInputs Inputs) {
  outs().flush(); // the report comes before what is said about it
  Files = std::move(Inputs.Files);
  SourceRoot = R.SourceRoot;
  Last = knownReport(R, "the tree now");
}

bool Watcher::runFirst(CommandResult &Result) {
  RunInputs Inputs;
  Since = clockNow();
  std::optional<Report> R = Check(Inputs, /*IsFirst=*/true, Result);
  if (!R)
    return false;
  takeReport(*R, std::move(Inputs));
  return true;
}

void Watcher::waitAndRun(CommandResult &Result) {
  watchInterrupts();
  returnMemory();
  auto SayReady = [this](const WatchCounts &Counts) {
    say("watching " + countText(Counts.Files, "file") + " in " +
        countText(Counts.Folders, "folder") + "; Ctrl-C ends it");
  };
  Expected<std::vector<std::string>> Changed =
      waitForChange(Files, Since, SayReady);
  if (!Changed)
    return Result.fail(ExitStatus::InternalError, Changed.takeError());
  if (isInterrupted())
    return;
  say(changeText(*Changed));

  RunInputs Inputs;
  CommandResult Round;
  Since = clockNow();
  std::optional<Report> R = Check(Inputs, /*IsFirst=*/false, Round);
  if (!R) {
    // It has said why, and may have got far enough to know of more files.
    append_range(Files, Inputs.Files);
    return;
  }
  KnownReport Before = std::move(Last);
  Before.Name = "the tree before";
  takeReport(*R, std::move(Inputs));
  printDiff(errs(), compareReports(Before, Last), /*MaxPhases=*/0);
}

void watch(WatchedCheck Check, CommandResult &Result) {
  Watcher W(Check);
  if (!W.runFirst(Result))
    return;
  Result.Status = ExitStatus::Ok;
  while (Result.Status == ExitStatus::Ok && !isInterrupted())
    W.waitAndRun(Result);
  if (Result.Status == ExitStatus::Ok)
    Result.fail(ExitStatus::InternalError,
                makeError("interrupted; the last report stands"));
}

} // namespace bootorder
