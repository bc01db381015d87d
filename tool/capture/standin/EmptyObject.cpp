#include "tool/capture/standin/EmptyObject.h"

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace bootorder {
namespace {

constexpr char Mark[] = "\nbootorder capture: empty object\n";
constexpr size_t MarkSize = sizeof(Mark) - 1;

/// FNV-1a, 64 bits: file names only, never identity across machines.
uint64_t hashWords(const std::vector<std::string> &Words) {
  uint64_t Hash = 14695981039346656037ull;
  for (const std::string &Word : Words)
    for (size_t I = 0; I <= Word.size(); ++I) { // the NUL separates words
      Hash ^= static_cast<unsigned char>(Word.c_str()[I]);
      Hash *= 1099511628211ull;
    }
  return Hash;
}

/// Runs \p Words with the standard streams on /dev/null; true on exit 0.
bool runQuietly(const std::vector<std::string> &Words) {
  std::vector<char *> Argv;
  for (const std::string &Word : Words)
    Argv.push_back(const_cast<char *>(Word.c_str()));
  Argv.push_back(nullptr);
  posix_spawn_file_actions_t Actions;
  posix_spawn_file_actions_init(&Actions);
  for (int Stream : {0, 1, 2})
    posix_spawn_file_actions_addopen(&Actions, Stream, "/dev/null", O_RDWR, 0);
  pid_t Child = 0;
  int Failed =
      posix_spawnp(&Child, Argv[0], &Actions, nullptr, Argv.data(), environ);
  posix_spawn_file_actions_destroy(&Actions);
  if (Failed)
    return false;
  int Status = 0;
  while (waitpid(Child, &Status, 0) < 0)
    if (errno != EINTR)
      return false;
  return WIFEXITED(Status) && WEXITSTATUS(Status) == 0;
}

} // namespace

std::string readWholeFile(const std::string &Path) {
  std::string Bytes;
  int File = open(Path.c_str(), O_RDONLY | O_CLOEXEC);
  if (File < 0)
    return Bytes;
  char Buffer[1 << 14];
  for (ssize_t Got; (Got = read(File, Buffer, sizeof(Buffer))) > 0;)
    Bytes.append(Buffer, static_cast<size_t>(Got));
  close(File);
  return Bytes;
}

bool writeWholeFile(const std::string &Path, const std::string &Bytes) {
  // A new inode, so that hard links to the old file keep their content.
  unlink(Path.c_str());
  int File = open(Path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (File < 0)
    return false;
  size_t Done = 0;
  while (Done < Bytes.size()) {
    ssize_t Put = write(File, Bytes.data() + Done, Bytes.size() - Done);
    if (Put <= 0)
      break;
    Done += static_cast<size_t>(Put);
  }
  return close(File) == 0 && Done == Bytes.size();
}

ObjectState objectState(const std::string &Path) {
  int File = open(Path.c_str(), O_RDONLY | O_CLOEXEC);
  if (File < 0)
    return ObjectState::Absent;
  struct stat Info;
  ObjectState State = ObjectState::Absent;
  if (fstat(File, &Info) == 0 && Info.st_size > 0) {
    State = ObjectState::Real;
    char Tail[MarkSize];
    off_t Begin = Info.st_size - static_cast<off_t>(MarkSize);
    if (Begin >= 0 &&
        pread(File, Tail, MarkSize, Begin) == static_cast<ssize_t>(MarkSize) &&
        std::string(Tail, MarkSize) == Mark)
      State = ObjectState::Empty;
  }
  close(File);
  return State;
}

std::string emptyObjectBytes(const std::string &CacheDirectory,
                             const std::vector<std::string> &Compiler,
                             const std::vector<std::string> &AbiOptions) {
  std::vector<std::string> Words = Compiler;
  Words.insert(Words.end(), AbiOptions.begin(), AbiOptions.end());
  char Name[32];
  std::snprintf(Name, sizeof(Name), "/%016llx.o",
                static_cast<unsigned long long>(hashWords(Words)));
  std::string Path = CacheDirectory + Name;
  std::string Bytes = readWholeFile(Path);
  if (!Bytes.empty())
    return Bytes;
  std::string Temporary = Path + "." + std::to_string(getpid());
  for (const char *Word : {"-w", "-c", "-x", "c", "/dev/null", "-o"})
    Words.push_back(Word);
  Words.push_back(Temporary);
  if (runQuietly(Words))
    Bytes = readWholeFile(Temporary);
  if (Bytes.empty())
    unlink(Temporary.c_str());
  else
    rename(Temporary.c_str(), Path.c_str());
  return Bytes;
}

bool writeEmptyObject(const std::string &Path, const std::string &Bytes) {
  return writeWholeFile(Path, Bytes + std::string(Mark, MarkSize));
}

} // namespace bootorder
