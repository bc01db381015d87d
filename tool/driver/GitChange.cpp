#include "tool/driver/GitChange.h"

#include "support/Error.h"
#include "support/Files.h"
#include "tool/capture/RunProcess.h"
#include "llvm/ADT/SmallString.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/FileUtilities.h"

using namespace llvm;

namespace bootorder {

Expected<ChangedLines> changesSince(StringRef Root, StringRef Revision) {
  SmallString<128> Path;
  if (std::error_code Code =
          sys::fs::createTemporaryFile("bootorder-diff", "txt", Path))
    return makeError("cannot make a temporary file: " +
                     StringRef(Code.message()).lower());
  FileRemover Remover(Path);
  // What the user configured for reading differences is for people.
  std::vector<std::string> Words = {"git",
                                    "-C",
                                    Root.str(),
                                    "-c",
                                    "core.quotePath=false",
                                    "diff",
                                    "--unified=0",
                                    "--no-color",
                                    "--no-ext-diff",
                                    "--no-prefix",
                                    "--relative",
                                    ("--output=" + Path).str(),
                                    "--end-of-options",
                                    Revision.str(),
                                    "--"};
  Expected<ProcessResult> Git = runProcess(Words, {});
  if (!Git)
    return Git.takeError();
  if (Git->ExitCode != 0)
    return makeError("git cannot tell what changed since '" + Revision +
                     "': " + StringRef(Git->Output).trim().split('\n').first +
                     "; name a revision of the repository at '" + Root + "'");
  Expected<std::string> Text = readFile(Path);
  if (!Text)
    return Text.takeError();
  return parseDiff(*Text);
}

} // namespace bootorder
