//===- DriverFileWatchTest.cpp - waits until a file changes ---------------===//

#include "tool/driver/FileWatch.h"

#include "TestFolder.h"
#include "store/FileMemo.h"
#include "tool/driver/Interrupt.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include <csignal>
#include <unistd.h>

using namespace bootorder;
using testing::ElementsAre;

namespace {
/// A moment before anything a test does.
constexpr int64_t LongAgo = 1;
/// So far ahead that nothing a test did before counts.
int64_t never() { return clockNow() + int64_t(3600) * 1000 * 1000 * 1000; }

/// What a wait for \p Inputs gives; \p Edit is done when it has begun.
std::vector<std::string> waitFor(
    const TestFolder &Folder, std::vector<RunInput> Inputs, int64_t Since,
    llvm::function_ref<void(const WatchCounts &)> Edit = [](auto &) {}) {
  auto Changed = waitForChange(Inputs, Since, Edit,
                               /*Quiet=*/std::chrono::milliseconds(1));
  if (!Changed)
    return {llvm::toString(Changed.takeError())};
  for (std::string &Path : *Changed)
    Path = Folder.strip(Path);
  return *Changed;
}

TEST(FileWatch, CountsWhatHappenedBeforeTheWait) {
  TestFolder Folder;
  RunInput Written{Folder.write("a/written.c", ""), true};
  RunInput Gone{Folder.path("a/gone.c"), true};
  RunInput There{Folder.write("a/there.h", ""), false};
  RunInput Absent{Folder.path("b/absent.h"), false};
  EXPECT_THAT(waitFor(Folder, {Written, Gone, There, Absent}, LongAgo),
              ElementsAre("a/gone.c", "a/there.h", "a/written.c"));
}

TEST(FileWatch, HearsOfAFileThatIsReplaced) {
  TestFolder Folder;
  RunInput File{Folder.write("a/file.c", "old"), true};
  RunInput Other{Folder.write("b/other.c", ""), true};
  EXPECT_THAT(waitFor(Folder, {File, Other}, never(),
                      [&](const WatchCounts &Counts) {
                        EXPECT_EQ(Counts.Files, 2u);
                        EXPECT_EQ(Counts.Folders, 2u);
                        Folder.write("a/unknown.c", "");
                        std::string New = Folder.write("a/file.c~", "new");
                        std::rename(New.c_str(), File.Path.c_str());
                      }),
              ElementsAre("a/file.c"));
}

TEST(FileWatch, WaitsForAFolderInTheOneAbove) {
  TestFolder Folder;
  RunInput File{Folder.path("a/b/c/file.h"), false};
  EXPECT_THAT(waitFor(Folder, {File, File}, never(),
                      [&](const WatchCounts &Counts) {
                        EXPECT_EQ(Counts.Files, 1u);
                        EXPECT_EQ(Counts.Folders, 1u);
                        llvm::cantFail(makeFolder(Folder.path("a")));
                      }),
              ElementsAre("a"));
}

/// Ends the process with 0 if a wait ends with an interrupt, silently.
[[noreturn]] void interruptWait(bool HasBegun) {
  TestFolder Folder;
  RunInput File{Folder.write("a/file.c", ""), true};
  watchInterrupts();
  interruptBell();
  if (!HasBegun)
    std::raise(SIGINT);
  auto Changed = waitFor(Folder, {File}, never(), [&](const WatchCounts &) {
    if (HasBegun)
      std::raise(SIGINT);
  });
  ::_exit(Changed.empty() ? 0 : 1);
}

TEST(FileWatchDeathTest, EndsWithAnInterrupt) {
  EXPECT_EXIT(interruptWait(/*HasBegun=*/false), testing::ExitedWithCode(0),
              "");
  EXPECT_EXIT(interruptWait(/*HasBegun=*/true), testing::ExitedWithCode(0), "");
}

TEST(FileWatch, NamesTheSettingThatIsTooLow) {
  EXPECT_EQ(llvm::toString(tooManyFolders(1512, 8192)),
            "cannot watch 1,512 folders: fs.inotify.max_user_watches is 8,192, "
            "for all programs of one user together; raise it: 'sysctl "
            "fs.inotify.max_user_watches=16384'");
  EXPECT_EQ(llvm::toString(tooManyFolders(1, 0)),
            "cannot watch 1 folder: the system watches no more; raise it: "
            "'sysctl fs.inotify.max_user_watches=8192'");
}

} // namespace
