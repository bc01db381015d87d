#include "tool/capture/Capture.h"

#include "rules/KernelCondition.h"
#include "rules/KernelTree.h"
#include "support/Error.h"
#include "support/Files.h"
#include "support/Glob.h"
#include "support/Installation.h"
#include "support/Paths.h"
#include "tool/capture/Cleanup.h"
#include "tool/capture/KbuildTable.h"
#include "tool/capture/KbuildView.h"
#include "tool/capture/MakeCommand.h"
#include "tool/capture/Membership.h"
#include "tool/capture/RunProcess.h"
#include "tool/capture/ShadowTree.h"
#include "tool/capture/standin/EmptyObject.h"
#include "tool/driver/Interrupt.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include <map>
#include <thread>

using namespace llvm;

namespace bootorder {
namespace {

/// One capture, from the make command to the description of the tree.
class Session {
public:
  Session(const CaptureOptions &Options, std::string StandIn,
          function_ref<void(size_t)> Progress)
      : Options(Options), Progress(Progress), StandIn(std::move(StandIn)),
        State(absolutePath("capture.tmp", Options.OutputFolder)),
        Shadow(absolutePath("compat/tree", Options.OutputFolder)) {}

  Expected<CaptureOutcome> run();

private:
  Error prepare();
  Error findTree();
  Error adaptOldTree();
  Error sortGoals();
  Error checkConfigured() const;
  Error ask(CapturedTree &Tree);
  Error prepareState();
  Error pass(CaptureOutcome &Outcome);
  Error record(CaptureOutcome &Outcome);
  Error describe(CaptureOutcome &Outcome);
  MakeCommand recordingCommand() const;
  Environment recordingEnvironment(const CapturedTree &Tree) const;
  CleanupRequest cleanup() const;
  Error tidyUp(CapturedTree &Tree);
  CapturedUnit toUnit(const CommandRecord &Record) const;
  std::string realPath(StringRef Text) const;
  size_t countRecords();

  const CaptureOptions &Options;
  function_ref<void(size_t)> Progress;
  const std::string StandIn, State, Shadow;
  std::string SourceRoot; ///< the real tree
  std::string Kernel;
  KbuildTable Table;
  MakeCommand Command;
  std::vector<std::string> PassGoals, BuildGoals;
  bool IsShadowed = false;
  KbuildView View;
  size_t LogRead = 0;    ///< bytes of the log that are counted
  size_t LogRecords = 0; ///< in them
};

bool exists(const Twine &Path) { return sys::fs::exists(Path); }

/// The folder where make puts objects, by Kbuild's own precedence.
std::string objectRootOf(const MakeCommand &Command) {
  for (StringRef Name : {"O", "KBUILD_OUTPUT"})
    if (std::string Folder = Command.variable(Name); !Folder.empty())
      return absolutePath(Folder, Command.Directory);
  return Command.Directory;
}

/// Where the tree that \p Directory belongs to has its sources: here, or where
/// the `source` link of an object tree leads. Empty if nowhere.
std::string sourceRootOf(StringRef Directory) {
  if (exists(Directory + "/scripts/Makefile.build"))
    return Directory.str();
  SmallString<256> Real;
  if (exists(Directory + "/source/scripts/Makefile.build") &&
      !sys::fs::real_path(Directory + "/source", Real))
    return Real.str().str();
  return "";
}

Error Session::findTree() {
  SourceRoot = sourceRootOf(Command.Directory);
  if (SourceRoot.empty())
    return makeError(
        "'" + Command.Directory +
        "' is not a Linux kernel tree (no scripts/Makefile.build); "
        "run this at the top of one, or say 'make -C TREE'");
  Expected<std::string> Version = readKernelVersion(SourceRoot);
  if (!Version)
    return Version.takeError();
  Kernel = *Version;
  Expected<VersionTuple> Parsed = parseKernelVersion(Kernel);
  if (!Parsed)
    return Parsed.takeError();
  Expected<KbuildTable> Read = readKbuildTable(Options.ExecutableDir, *Parsed);
  if (!Read)
    return Read.takeError();
  Table = std::move(*Read);
  return Error::success();
}

/// Builds through a shadow if the tree has text that today's tools refuse.
/// Such a tree is built out of place, in `O=` or beside the shadow.
Error Session::adaptOldTree() {
  Expected<std::vector<EditedFile>> Files = applyEdits(SourceRoot, Table.Edits);
  if (!Files)
    return Files.takeError();
  if (Files->empty())
    return Error::success();
  if (Error E = makeShadowTree(SourceRoot, *Files, Shadow))
    return E;
  IsShadowed = true;
  std::string ObjectRoot = objectRootOf(Command);
  if (ObjectRoot == SourceRoot)
    ObjectRoot = absolutePath("compat/obj", Options.OutputFolder);
  if (Error E = makeFolder(ObjectRoot))
    return E;
  std::string Config = SourceRoot + "/.config";
  if (exists(Config) && !exists(ObjectRoot + "/.config"))
    if (std::error_code Why =
            sys::fs::copy_file(Config, ObjectRoot + "/.config"))
      return makeError("cannot copy '" + Config + "': " + Why.message());
  Command.Directory = Shadow;
  Command.setVariable("O", ObjectRoot);
  return Error::success();
}

Error Session::sortGoals() {
  Expected<GlobSet> Passed = GlobSet::create(Table.PassThroughGoals);
  if (!Passed)
    return Passed.takeError();
  for (const std::string &Goal : Command.Goals)
    (Passed->matches(Goal) ? PassGoals : BuildGoals).push_back(Goal);
  return Error::success();
}

Error Session::checkConfigured() const {
  std::string ObjectRoot = objectRootOf(Command);
  if (Command.setsVariable("KCONFIG_CONFIG") || exists(ObjectRoot + "/.config"))
    return Error::success();
  return makeError("'" + ObjectRoot +
                   "' is not configured (no .config); run "
                   "'bootorder capture -- make ARCH=... defconfig' first");
}

CleanupRequest Session::cleanup() const {
  return {View.ObjectRoot,
          State,
          {{StandIn + " --link", View.Linker}, {StandIn, View.Compiler}},
          /*SourceFolder=*/""};
}

/// Puts the object tree in order; copies stand for sources that go with it.
Error Session::tidyUp(CapturedTree &Tree) {
  CleanupRequest Request = cleanup();
  Request.SourceFolder = absolutePath("generated", Options.OutputFolder);
  Expected<CleanupOutcome> Done = cleanUp(Request);
  if (!Done)
    return Done.takeError();
  for (const std::string &Source : Done->SavedSources)
    replaceSource(Tree, absolutePath(Source, View.ObjectRoot),
                  absolutePath(Source, Request.SourceFolder));
  return Error::success();
}

/// A run that was killed left its objects and state behind: undone first, so
/// that Kbuild does not take them for up to date.
Error Session::prepareState() {
  if (Error E = cleanUp(cleanup()).takeError())
    return E;
  sys::fs::remove_directories(State);
  for (const char *Folder : {"/templates", "/saved"})
    if (Error E = makeFolder(State + Folder))
      return E;
  return Error::success();
}

Error Session::pass(CaptureOutcome &Outcome) {
  Expected<ProcessResult> Made = runProcess(Command.words(PassGoals), {});
  if (!Made)
    return Made.takeError();
  Outcome.MakeStatus = Made->ExitCode;
  Outcome.MakeOutput = std::move(Made->Output);
  Outcome.PassedThrough = true;
  return checkInterrupt();
}

MakeCommand Session::recordingCommand() const {
  MakeCommand Making = Command;
  Making.Options.insert(Making.Options.begin(), {"-s", "--no-print-directory"});
  if (!Making.HasJobs)
    Making.Options.push_back(
        "-j" +
        std::to_string(std::max(1u, std::thread::hardware_concurrency())));
  Making.setVariable("CC", StandIn);
  for (const MakeVariable &Variable : Table.Variables) {
    std::string Value = Variable.Value;
    constexpr StringLiteral Placeholder = "{standin}";
    if (size_t At = Value.find(Placeholder); At != std::string::npos)
      Value.replace(At, Placeholder.size(), StandIn);
    Making.setVariable(Variable.Name, Value);
  }
  return Making;
}

Environment Session::recordingEnvironment(const CapturedTree &Tree) const {
  const CompilerAdaption &Adaption =
      Tree.Kind == CompilerKind::Clang ? Table.Clang : Table.Gcc;
  return {{"BOOTORDER_CAPTURE_STATE", State},
          {"BOOTORDER_CAPTURE_CC", View.Compiler},
          {"BOOTORDER_CAPTURE_ROOT", View.ObjectRoot},
          {"BOOTORDER_CAPTURE_REAL", join(Table.RealObjects, "\n")},
          {"BOOTORDER_CAPTURE_LINKS", join(Table.SkippedLinks, "\n")},
          {"BOOTORDER_CAPTURE_DROP", join(Adaption.Drop, "\n")},
          {"BOOTORDER_CAPTURE_ADD", join(Adaption.Add, " ")}};
}

/// Records in the log so far; reads only what is new.
size_t Session::countRecords() {
  auto Log = MemoryBuffer::getFile(State + "/log", /*IsText=*/false,
                                   /*RequiresNullTerminator=*/false);
  if (!Log || (*Log)->getBufferSize() <= LogRead)
    return LogRecords;
  for (const CommandRecord &Record :
       decodeRecords((*Log)->getBuffer().drop_front(LogRead).str())) {
    LogRead += encodeRecord(Record).size();
    ++LogRecords;
  }
  return LogRecords;
}

Error Session::record(CaptureOutcome &Outcome) {
  Expected<GlobSet> Whole = GlobSet::create(Table.WholeKernelGoals);
  if (!Whole)
    return Whole.takeError();
  std::vector<std::string> Goals;
  for (const std::string &Goal : BuildGoals)
    if (!Whole->matches(Goal))
      Goals.push_back(Goal);
  if (Goals.size() != BuildGoals.size() || BuildGoals.empty())
    append_range(Goals, View.Goals);
  Expected<ProcessResult> Made = runProcess(
      recordingCommand().words(Goals), recordingEnvironment(Outcome.Tree),
      [this] { Progress(countRecords()); });
  if (!Made)
    return Made.takeError();
  Outcome.MakeStatus = Made->ExitCode;
  Outcome.MakeOutput = std::move(Made->Output);
  return Error::success();
}

/// \p Text with the real tree in place of its shadow.
std::string Session::realPath(StringRef Text) const {
  size_t At = IsShadowed ? Text.find(Shadow) : StringRef::npos;
  if (At == StringRef::npos)
    return Text.str();
  return (Text.take_front(At) + SourceRoot +
          Text.drop_front(At + Shadow.size()))
      .str();
}

CapturedUnit Session::toUnit(const CommandRecord &Record) const {
  CapturedUnit Unit;
  CompilerCommand Parsed = parseCommand(Record.Arguments);
  Unit.Kind = Record.Kind == CommandKind::C ? UnitKind::C : UnitKind::Assembly;
  Unit.Directory = realPath(Record.Directory);
  Unit.File = realPath(absolutePath(Parsed.Source, Record.Directory));
  Unit.Output = treeRelativePath(absolutePath(Record.Object, Record.Directory),
                                 View.ObjectRoot);
  for (const std::string &Argument : Record.Arguments)
    Unit.Arguments.push_back(realPath(Argument));
  return Unit;
}

Error Session::describe(CaptureOutcome &Outcome) {
  CapturedTree &Tree = Outcome.Tree;
  Tree.IsComplete = Outcome.MakeStatus == 0;
  Tree.SourceRoot = SourceRoot;
  Tree.ObjectRoot = View.ObjectRoot;
  Tree.Kernel = Kernel;
  Tree.Arch = View.Arch;
  Tree.SrcArch = View.SrcArch;
  Tree.ConfigFile = View.ConfigFile;
  // The last command for an object is the one that counts.
  std::map<std::string, CapturedUnit> Units;
  for (const CommandRecord &Record :
       decodeRecords(readWholeFile(State + "/log"))) {
    CapturedUnit Unit = toUnit(Record);
    std::string Object = Unit.Output;
    Units[Object] = std::move(Unit);
  }
  if (Units.empty())
    return makeError(Outcome.MakeStatus
                         ? "make failed before a kernel object; it said:\n" +
                               StringRef(Outcome.MakeOutput).rtrim().str()
                         : "make compiled no kernel object; check its goals");
  for (auto &Entry : Units)
    Tree.Units.push_back(std::move(Entry.second));
  assignMembership(Tree, View.LinkRoots);
  sortTree(Tree);
  return Error::success();
}

/// Parses the command, and learns what tree it builds and how.
Error Session::prepare() {
  Expected<MakeCommand> Parsed =
      parseMakeCommand(Options.Words, Options.CurrentDirectory);
  if (!Parsed)
    return Parsed.takeError();
  Command = std::move(*Parsed);
  for (auto Step :
       {&Session::findTree, &Session::adaptOldTree, &Session::sortGoals})
    if (Error E = (this->*Step)())
      return E;
  return Error::success();
}

/// Asks a configured tree for its compiler and its lists.
Error Session::ask(CapturedTree &Tree) {
  if (Error E = checkConfigured())
    return E;
  Expected<KbuildView> Asked = askKbuild(Command);
  if (!Asked)
    return Asked.takeError();
  View = std::move(*Asked);
  SmallVector<StringRef, 4> Words;
  SplitString(View.Compiler, Words);
  Tree.Compiler.assign(Words.begin(), Words.end());
  return identifyCompiler(Tree);
}

Expected<CaptureOutcome> Session::run() {
  CaptureOutcome Outcome;
  if (Error E = prepare())
    return std::move(E);
  if (!PassGoals.empty()) {
    if (Error E = pass(Outcome))
      return std::move(E);
    if (Outcome.MakeStatus || BuildGoals.empty())
      return Outcome;
    Outcome.PassedThrough = false;
  }
  if (Error E = ask(Outcome.Tree))
    return std::move(E);
  if (Error E = prepareState())
    return std::move(E);
  Error Failure = record(Outcome);
  if (!Failure)
    Failure = describe(Outcome);
  // Whatever happened, the object tree is put in order.
  Failure = joinErrors(std::move(Failure), tidyUp(Outcome.Tree));
  sys::fs::remove_directories(State);
  if (isInterrupted()) {
    consumeError(std::move(Failure));
    return checkInterrupt();
  }
  if (Failure)
    return std::move(Failure);
  return Outcome;
}

} // namespace

Expected<CaptureOutcome> captureTree(const CaptureOptions &Options,
                                     function_ref<void(size_t)> Progress) {
  Expected<std::string> StandIn = findStandIn(Options.ExecutableDir);
  if (!StandIn)
    return StandIn.takeError();
  return Session(Options, std::move(*StandIn), Progress).run();
}

} // namespace bootorder
