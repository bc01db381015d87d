#include "tool/driver/FileWatch.h"

#include "store/FileMemo.h"
#include "support/Error.h"
#include "tool/driver/Interrupt.h"
#include "tool/report/Report.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <memory>
#include <set>
#include <uv.h>

using namespace llvm;

namespace bootorder {

namespace {

/// The paths to look out for, by folder.
struct WatchPlan {
  explicit WatchPlan(ArrayRef<RunInput> Inputs);

  StringSet<> Paths;             ///< that end the wait
  std::set<std::string> Folders; ///< all exist
  size_t Files = 0;

private:
  void addFolder(StringRef Folder);
  StringMap<bool> Seen; ///< folders, and whether they exist
};

/// One wait, on an event loop of its own.
///
/// The system watches folders, all by one inotify instance: a file that is
/// replaced is another one, with the same name.
class FileWaiter {
public:
  FileWaiter(const WatchPlan &Plan, std::chrono::milliseconds Quiet);
  ~FileWaiter();
  FileWaiter(const FileWaiter &) = delete;
  FileWaiter &operator=(const FileWaiter &) = delete;

  Error start();
  /// \p Path has changed before anybody looked.
  void note(StringRef Path);
  std::vector<std::string> wait();

private:
  struct Folder {
    uv_fs_event_t Handle;
    FileWaiter *Owner;
    StringRef Path;
  };

  Error startInterrupt();
  Error startFolder(StringRef Path);
  static void onEvent(uv_fs_event_t *Handle, const char *Name, int, int);

  const WatchPlan &Plan;
  const uint64_t Quiet; ///< milliseconds
  uv_loop_t Loop;
  int LoopStatus;
  uv_timer_t Timer;
  uv_poll_t Bell;
  std::vector<std::unique_ptr<Folder>> Folders;
  std::set<std::string> Changed;
};

} // namespace

//===----------------------------------------------------------------------===//
// What to watch
//===----------------------------------------------------------------------===//

WatchPlan::WatchPlan(ArrayRef<RunInput> Inputs) {
  for (const RunInput &Input : Inputs)
    if (Paths.insert(Input.Path).second) {
      ++Files;
      addFolder(sys::path::parent_path(Input.Path));
    }
}

/// A folder that is not there is waited for in the one that it will be in.
void WatchPlan::addFolder(StringRef Folder) {
  while (!Folder.empty()) {
    auto [Known, IsNew] = Seen.try_emplace(Folder, false);
    if (!IsNew)
      return;
    Known->second = sys::fs::is_directory(Folder);
    if (Known->second) {
      Folders.insert(Folder.str());
      return;
    }
    Paths.insert(Folder);
    Folder = sys::path::parent_path(Folder);
  }
}

//===----------------------------------------------------------------------===//
// Errors
//===----------------------------------------------------------------------===//

static Error libraryError(const Twine &What, int Status) {
  return makeError("cannot " + What + ": " + uv_strerror(Status));
}

/// What the setting \p Name of inotify is; 0 if the system does not say.
static uint64_t inotifyLimit(StringRef Name) {
  uint64_t Limit = 0;
  auto File =
      MemoryBuffer::getFileAsStream("/proc/sys/fs/inotify/" + Name.str());
  if (File && (*File)->getBuffer().trim().getAsInteger(10, Limit))
    return 0;
  return Limit;
}

Error tooManyFolders(size_t Wanted, uint64_t Limit) {
  // Other programs of the user have their share of the limit.
  uint64_t Enough = PowerOf2Ceil(std::max<uint64_t>(Limit + Wanted, 8192));
  std::string Has = Limit == 0
                        ? "the system watches no more"
                        : "fs.inotify.max_user_watches is " + countText(Limit) +
                              ", for all programs of one user together";
  return makeError("cannot watch " + countText(Wanted, "folder") + ": " + Has +
                   "; raise it: 'sysctl fs.inotify.max_user_watches=" +
                   utostr(Enough) + "'");
}

static Error folderError(size_t Wanted, StringRef Path, int Status) {
  if (Status == UV_ENOSPC)
    return tooManyFolders(Wanted, inotifyLimit("max_user_watches"));
  if (Status == UV_EMFILE)
    return makeError("cannot watch any folder: fs.inotify.max_user_instances "
                     "is " +
                     countText(inotifyLimit("max_user_instances")) +
                     ", and other programs of this user have them; end one, "
                     "or raise it with sysctl");
  return libraryError("watch the folder '" + Path + "'", Status);
}

//===----------------------------------------------------------------------===//
// Waiting
//===----------------------------------------------------------------------===//

FileWaiter::FileWaiter(const WatchPlan &Plan, std::chrono::milliseconds Quiet)
    : Plan(Plan), Quiet(Quiet.count()), LoopStatus(uv_loop_init(&Loop)) {}

FileWaiter::~FileWaiter() {
  if (LoopStatus != 0)
    return;
  uv_walk(
      &Loop,
      [](uv_handle_t *Handle, void *) {
        if (!uv_is_closing(Handle))
          uv_close(Handle, nullptr);
      },
      nullptr);
  uv_run(&Loop, UV_RUN_DEFAULT); // handles must not go before they are closed
  uv_loop_close(&Loop);
}

Error FileWaiter::startInterrupt() {
  int Status = uv_poll_init(&Loop, &Bell, interruptBell());
  if (Status == 0)
    Status = uv_poll_start(&Bell, UV_READABLE, [](uv_poll_t *Handle, int, int) {
      uv_stop(Handle->loop);
    });
  return Status == 0 ? Error::success()
                     : libraryError("wait for an interrupt", Status);
}

Error FileWaiter::startFolder(StringRef Path) {
  auto New = std::make_unique<Folder>();
  New->Owner = this;
  New->Path = Path;
  New->Handle.data = New.get();
  int Status = uv_fs_event_init(&Loop, &New->Handle);
  if (Status != 0)
    return libraryError("watch the folder '" + Path + "'", Status);
  Folders.push_back(std::move(New));
  Status = uv_fs_event_start(&Folders.back()->Handle, onEvent,
                             Path.str().c_str(), /*flags=*/0);
  // Who removes a folder has changed what is in it.
  if (Status == 0 || Status == UV_ENOENT || Status == UV_ENOTDIR)
    return Error::success();
  return folderError(Plan.Folders.size(), Path, Status);
}

Error FileWaiter::start() {
  if (LoopStatus != 0)
    return libraryError("wait for changes", LoopStatus);
  uv_timer_init(&Loop, &Timer);
  Timer.data = this;
  if (Error E = startInterrupt())
    return E;
  for (const std::string &Path : Plan.Folders)
    if (Error E = startFolder(Path))
      return E;
  return Error::success();
}

void FileWaiter::note(StringRef Path) {
  Changed.insert(Path.str());
  uv_timer_start(
      &Timer, [](uv_timer_t *Done) { uv_stop(Done->loop); }, Quiet,
      /*repeat=*/0);
}

void FileWaiter::onEvent(uv_fs_event_t *Handle, const char *Name, int, int) {
  auto &In = *static_cast<Folder *>(Handle->data);
  if (!Name)
    return;
  SmallString<256> Path(In.Path);
  sys::path::append(Path, Name);
  if (In.Owner->Plan.Paths.contains(Path))
    In.Owner->note(Path);
}

std::vector<std::string> FileWaiter::wait() {
  if (!isInterrupted())
    uv_run(&Loop, UV_RUN_DEFAULT);
  if (isInterrupted())
    return {};
  return {Changed.begin(), Changed.end()};
}

/// Clocks of file systems are coarse: a file may have been written later than
/// it says.
static constexpr int64_t ClockGrain = 10'000'000;

/// Whether \p Time is between \p Since and \p Now. A clock that runs ahead is
/// another machine's, and would change for ever.
static bool isRecent(int64_t Time, int64_t Since, int64_t Now) {
  return Time >= Since - ClockGrain && Time <= Now;
}

/// When something was last added to, or taken from, the folder of \p Path.
static int64_t folderTime(StringRef Path) {
  sys::fs::file_status Status;
  if (sys::fs::status(sys::path::parent_path(Path), Status))
    return 0;
  return Status.getLastModificationTime().time_since_epoch().count();
}

/// Whether \p Input is not as it was at \p Since.
static bool hasChanged(const RunInput &Input, int64_t Since, int64_t Now) {
  bool IsFolder = false;
  std::optional<FileStamp> Stamp = stampOf(Input.Path.c_str(), IsFolder);
  bool IsThere = Stamp || IsFolder;
  // What was looked for in vain though it was there, will be again.
  if (IsThere && !Input.IsThere)
    return isRecent(folderTime(Input.Path), Since, Now);
  return IsThere != Input.IsThere ||
         (Stamp && isRecent(Stamp->Changed, Since, Now));
}

Expected<std::vector<std::string>>
waitForChange(ArrayRef<RunInput> Inputs, int64_t Since,
              function_ref<void(const WatchCounts &)> Ready,
              std::chrono::milliseconds Quiet) {
  WatchPlan Plan(Inputs);
  FileWaiter Waiter(Plan, Quiet);
  if (Error E = Waiter.start())
    return std::move(E);
  Ready({Plan.Files, Plan.Folders.size()});
  int64_t Now = clockNow();
  for (const RunInput &Input : Inputs)
    if (hasChanged(Input, Since, Now))
      Waiter.note(Input.Path);
  return Waiter.wait();
}

} // namespace bootorder
