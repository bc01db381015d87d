#include "tool/capture/RunProcess.h"

#include "support/Error.h"
#include "tool/driver/Interrupt.h"
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

using namespace llvm;

namespace bootorder {
namespace {

constexpr size_t OutputLimit = 1 << 20;
constexpr int TickMilliseconds = 200;

std::vector<char *> pointers(std::vector<std::string> &Texts) {
  std::vector<char *> Result;
  for (std::string &Text : Texts)
    Result.push_back(Text.data());
  Result.push_back(nullptr);
  return Result;
}

/// Our environment with \p Added in front: the first of a name wins.
std::vector<std::string> environmentWith(const Environment &Added) {
  std::vector<std::string> Result;
  for (const auto &[Name, Value] : Added)
    Result.push_back(Name + "=" + Value);
  for (char **At = environ; *At; ++At) {
    StringRef Name = StringRef(*At).split('=').first;
    bool IsReplaced = false;
    for (const auto &Variable : Added)
      IsReplaced |= Variable.first == Name;
    if (!IsReplaced)
      Result.push_back(*At);
  }
  return Result;
}

/// Starts \p Words with both streams on \p Pipe; 0 or an error number.
int start(std::vector<std::string> Words, const Environment &Added, int Pipe,
          pid_t &Child) {
  std::vector<std::string> Variables = environmentWith(Added);
  posix_spawn_file_actions_t Actions;
  posix_spawn_file_actions_init(&Actions);
  posix_spawn_file_actions_addopen(&Actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&Actions, Pipe, 1);
  posix_spawn_file_actions_adddup2(&Actions, Pipe, 2);
  int Failed = posix_spawnp(&Child, Words[0].c_str(), &Actions, nullptr,
                            pointers(Words).data(), pointers(Variables).data());
  posix_spawn_file_actions_destroy(&Actions);
  return Failed;
}

/// Collects output until every process that holds the pipe is gone.
void drain(int Pipe, pid_t Child, std::string &Output,
           function_ref<void()> Tick) {
  bool PassedOn = false;
  char Buffer[1 << 14];
  for (;;) {
    pollfd Waiting{Pipe, POLLIN, 0};
    int Ready = poll(&Waiting, 1, TickMilliseconds);
    Tick();
    if (isInterrupted() && !PassedOn) {
      kill(Child, SIGTERM);
      PassedOn = true;
    }
    if (Ready <= 0)
      continue;
    ssize_t Got = read(Pipe, Buffer, sizeof(Buffer));
    if (Got == 0 || (Got < 0 && errno != EINTR))
      return;
    Output.append(Buffer, Got > 0 ? static_cast<size_t>(Got) : 0);
    if (Output.size() > 2 * OutputLimit)
      Output.erase(0, Output.size() - OutputLimit);
  }
}

int waitFor(pid_t Child) {
  int Status = 0;
  while (waitpid(Child, &Status, 0) < 0)
    if (errno != EINTR)
      return 127;
  return WIFEXITED(Status) ? WEXITSTATUS(Status) : 128 + WTERMSIG(Status);
}

} // namespace

Expected<ProcessResult> runProcess(ArrayRef<std::string> Words,
                                   const Environment &Added,
                                   function_ref<void()> Tick) {
  int Ends[2];
  if (pipe2(Ends, O_CLOEXEC) != 0)
    return makeError(Twine("cannot make a pipe: ") + std::strerror(errno));
  pid_t Child = 0;
  int Failed = start(Words.vec(), Added, Ends[1], Child);
  close(Ends[1]);
  if (Failed) {
    close(Ends[0]);
    return makeError("cannot run '" + Words[0] + "': " + std::strerror(Failed) +
                     "; install it or give its path");
  }
  ProcessResult Result;
  drain(Ends[0], Child, Result.Output, Tick);
  close(Ends[0]);
  Result.ExitCode = waitFor(Child);
  return Result;
}

} // namespace bootorder
