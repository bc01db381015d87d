/// \file
/// `bootorder-check`: what Kbuild runs for each source with C=1 or C=2.

#include "tool/KbuildCheck.h"

#include "support/Paths.h"
#include "tool/Commands.h"
#include "tool/driver/KbuildFacts.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace bootorder {

static constexpr char Usage[] =
    "usage: make C=1 CHECK=bootorder-check\n\n"
    "Kbuild runs it for every source that it compiles (C=2: for every "
    "source).\n"
    "Facts go to $BOOTORDER_FACTS, or to .bootorder in the object tree, for\n"
    "'bootorder check --facts FOLDER'. See docs/kbuild.md.\n";

bool isKbuildCheck(const std::string &Program) {
  return sys::path::filename(Program) == "bootorder-check";
}

static std::string environment(StringRef Name, StringRef Default) {
  std::optional<std::string> Value = sys::Process::GetEnv(Name);
  return Value && !Value->empty() ? *Value : Default.str();
}

ExitStatus runKbuildCheck(std::vector<std::string> Words) {
  if (Words.size() == 1 && (Words[0] == "--help" || Words[0] == "-h")) {
    outs() << Usage;
    return ExitStatus::Ok;
  }
  CommandResult Result;
  SmallString<256> Here;
  sys::fs::current_path(Here);
  Expected<CapturedUnit> Unit =
      kbuildUnit(std::move(Words), environment("CHECKFLAGS", ""),
                 environment("CC", "gcc"), Here);
  if (!Unit) {
    Result.fail(ExitStatus::UsageError, Unit.takeError());
    return Result.Status;
  }
  CrashRecoveryContext::Enable();
  std::string Folder =
      absolutePath(environment("BOOTORDER_FACTS", ".bootorder"), Here);
  Expected<std::string> Lost = writeKbuildUnit(*Unit, Folder);
  if (!Lost)
    Result.fail(ExitStatus::InternalError, Lost.takeError());
  else if (!Lost->empty())
    errs() << "bootorder-check: warning: no facts of '" << Unit->File
           << "': " << *Lost << "\n";
  return Result.Status;
}

} // namespace bootorder
