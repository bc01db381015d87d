/// \file
/// `bootorder-cc`: what Kbuild runs as `CC` during `bootorder capture`.
///
/// Kernel objects are recorded and become empty objects; everything else is
/// the real compiler's business and replaces this process, so that Kbuild sees
/// the compiler it knows. As `bootorder-cc --link` it takes the linker's place
/// for trees that link with every `built-in.o`. It is started thousands of
/// times: no LLVM, no configuration file, a handful of system calls.
///
/// `bootorder capture` hands over, in the environment:
///   BOOTORDER_CAPTURE_STATE  folder for the log, templates and saved files
///   BOOTORDER_CAPTURE_CC     the real compiler's words, separated by blanks
///   BOOTORDER_CAPTURE_ROOT   the object tree, absolute
///   BOOTORDER_CAPTURE_REAL   shell patterns, one a line, of objects below it
///                            that Kbuild needs for real
///   BOOTORDER_CAPTURE_LINKS  shell patterns, one a line, of outputs whose link
///                            by the compiler driver is skipped
///   BOOTORDER_CAPTURE_DROP   shell patterns, one a line, of options that the
///                            real compiler is not given for kernel sources
///   BOOTORDER_CAPTURE_ADD    options, separated by blanks, that it is given
///                            for them instead

#include "tool/capture/standin/CaptureLog.h"
#include "tool/capture/standin/CompilerCommand.h"
#include "tool/capture/standin/EmptyObject.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <sstream>
#include <unistd.h>

using namespace bootorder;

namespace {

/// What `bootorder capture` handed over.
struct Settings {
  std::string State;
  std::vector<std::string> Compiler;
  std::string Root;
  std::string RealPatterns;
  std::string LinkPatterns;
  std::string DropPatterns;
  std::vector<std::string> AddedOptions;
};

std::string environmentValue(const char *Name) {
  const char *Value = std::getenv(Name);
  return Value ? Value : "";
}

std::vector<std::string> splitWords(const std::string &Text) {
  std::istringstream Stream(Text);
  std::vector<std::string> Words;
  for (std::string Word; Stream >> Word;)
    Words.push_back(Word);
  return Words;
}

Settings readSettings() {
  Settings S;
  S.State = environmentValue("BOOTORDER_CAPTURE_STATE");
  S.Root = environmentValue("BOOTORDER_CAPTURE_ROOT");
  S.RealPatterns = environmentValue("BOOTORDER_CAPTURE_REAL");
  S.LinkPatterns = environmentValue("BOOTORDER_CAPTURE_LINKS");
  S.DropPatterns = environmentValue("BOOTORDER_CAPTURE_DROP");
  S.Compiler = splitWords(environmentValue("BOOTORDER_CAPTURE_CC"));
  S.AddedOptions = splitWords(environmentValue("BOOTORDER_CAPTURE_ADD"));
  return S;
}

int fail(const std::string &What) {
  std::fprintf(stderr, "bootorder-cc: error: %s: %s\n", What.c_str(),
               std::strerror(errno));
  return 1;
}

/// Becomes the real compiler. Returns only on failure.
int runCompiler(const std::vector<std::string> &Words) {
  std::vector<char *> Argv;
  for (const std::string &Word : Words)
    Argv.push_back(const_cast<char *>(Word.c_str()));
  Argv.push_back(nullptr);
  execvp(Argv[0], Argv.data());
  return fail("cannot run the compiler '" + Words[0] + "'");
}

/// \p Words for a kernel source that is compiled for real: without the options
/// that this compiler never had.
std::vector<std::string> adaptedWords(const Settings &S,
                                      const std::vector<std::string> &Words) {
  std::vector<std::string> Adapted;
  for (const std::string &Word : Words)
    if (!matchesAnyPattern(Word, S.DropPatterns))
      Adapted.push_back(Word);
  Adapted.insert(Adapted.end(), S.AddedOptions.begin(), S.AddedOptions.end());
  return Adapted;
}

std::string currentDirectory() {
  char Buffer[PATH_MAX];
  return getcwd(Buffer, sizeof(Buffer)) ? Buffer : "";
}

/// \p Path relative to \p Root when it is below it, from \p Directory.
std::string belowRoot(const std::string &Path, const std::string &Directory,
                      const std::string &Root) {
  std::string Absolute = Path[0] == '/' ? Path : Directory + "/" + Path;
  std::string Prefix = Root + "/";
  if (Absolute.compare(0, Prefix.size(), Prefix) == 0)
    Absolute.erase(0, Prefix.size());
  while (Absolute.compare(0, 2, "./") == 0)
    Absolute.erase(0, 2);
  return Absolute;
}

/// `dir/.x.o.cmd` for `dir/x.o`: where Kbuild keeps the command of an object.
std::string commandFile(const std::string &Object) {
  size_t Slash = Object.rfind('/');
  size_t Base = Slash == std::string::npos ? 0 : Slash + 1;
  return Object.substr(0, Base) + "." + Object.substr(Base) + ".cmd";
}

/// Keeps the command file of a real object: Kbuild rewrites it after us, and
/// `bootorder capture` puts it back. Named by the object with `/` as `%`.
bool saveCommandFile(const Settings &S, const CommandRecord &Record) {
  std::string Bytes = readWholeFile(commandFile(Record.Object));
  if (Bytes.empty())
    return true;
  std::string Name = belowRoot(Record.Object, Record.Directory, S.Root);
  for (char &C : Name)
    if (C == '/')
      C = '%';
  return writeWholeFile(S.State + "/saved/" + Name, Bytes);
}

/// Makes the output file of a recorded command. The object at the final name
/// decides: a real one stays, also behind 2.6-era Kbuild's `.tmp_x.o`, for
/// which a hard link makes the rename that follows a no-op.
bool makeObject(const Settings &S, const CompilerCommand &Command,
                const std::string &EmptyBytes, CommandRecord &Record) {
  if (objectState(Record.Object) != ObjectState::Real)
    return writeEmptyObject(Command.Output, EmptyBytes);
  Record.Fate = ObjectFate::Kept;
  if (Command.Output != Record.Object) {
    unlink(Command.Output.c_str());
    if (link(Record.Object.c_str(), Command.Output.c_str()) != 0)
      return false;
  }
  return saveCommandFile(S, Record);
}

int record(const Settings &S, const CompilerCommand &Command,
           std::vector<std::string> Words) {
  CommandRecord Record;
  Record.Kind = Command.Kind;
  Record.Directory = currentDirectory();
  Record.Object = finalObject(Command.Output);
  Record.DependencyFile = Command.DependencyFile;
  Record.Arguments = std::move(Words);
  std::string Log = S.State + "/log";
  std::string EmptyBytes;
  if (!matchesAnyPattern(belowRoot(Record.Object, Record.Directory, S.Root),
                         S.RealPatterns))
    EmptyBytes = emptyObjectBytes(S.State + "/templates", S.Compiler,
                                  Command.AbiOptions);
  // An object that Kbuild reads back, or one we cannot imitate.
  if (EmptyBytes.empty()) {
    Record.Fate = ObjectFate::Real;
    if (!appendRecord(Log, Record))
      return fail("cannot write '" + Log + "'");
    return runCompiler(adaptedWords(S, Record.Arguments));
  }
  if (!makeObject(S, Command, EmptyBytes, Record))
    return fail("cannot write '" + Command.Output + "'");
  if (!Command.DependencyFile.empty() &&
      !writeWholeFile(Command.DependencyFile,
                      Record.Object + ": " + Command.Source + "\n"))
    return fail("cannot write '" + Command.DependencyFile + "'");
  if (!appendRecord(Log, Record))
    return fail("cannot write '" + Log + "'");
  return 0;
}

/// Writes an empty object where a linker would write its output.
int skipLink(const Settings &S, const CompilerCommand &Command) {
  if (Command.Output.empty() ||
      objectState(Command.Output) == ObjectState::Real)
    return 0;
  std::string Bytes =
      emptyObjectBytes(S.State + "/templates", S.Compiler, Command.AbiOptions);
  if (Bytes.empty())
    return fail("cannot make an object with '" + S.Compiler[0] + "'");
  if (!writeEmptyObject(Command.Output, Bytes))
    return fail("cannot write '" + Command.Output + "'");
  return 0;
}

} // namespace

int main(int Argc, char **Argv) {
  Settings S = readSettings();
  if (S.State.empty() || S.Compiler.empty()) {
    std::fputs("bootorder-cc: error: this is the compiler stand-in of "
               "'bootorder capture' and works only below it; run 'bootorder "
               "capture -- make ...'\n",
               stderr);
    return 1;
  }
  std::vector<std::string> Arguments(Argv + 1, Argv + Argc);
  if (!Arguments.empty() && Arguments[0] == "--link")
    return skipLink(S, parseCommand({Arguments.begin() + 1, Arguments.end()}));
  CompilerCommand Command = parseCommand(Arguments);
  if (!Command.Compiles && !Command.Output.empty() &&
      matchesAnyPattern(Command.Output, S.LinkPatterns))
    return skipLink(S, Command);
  std::vector<std::string> Words = S.Compiler;
  Words.insert(Words.end(), Arguments.begin(), Arguments.end());
  if (Command.Kind == CommandKind::PassThrough)
    return runCompiler(Command.IsKernelSource ? adaptedWords(S, Words) : Words);
  return record(S, Command, std::move(Words));
}
