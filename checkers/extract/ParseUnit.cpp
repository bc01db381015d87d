//===- ParseUnit.cpp - runs Clang in process on one command ---------------===//

#include "extract/ParseUnit.h"
#include "extract/UnitContext.h"
#include "support/Error.h"
#include "support/Installation.h"
#include "clang/Basic/Version.h"
#include "clang/Driver/Driver.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendAction.h"
#include "clang/Frontend/Utils.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace bootorder;
using namespace clang;

namespace {

/// Keeps errors as notes of the unit; warnings are off.
class NoteKeeper : public DiagnosticConsumer {
public:
  static constexpr size_t MaxNotes = 100;

  NoteKeeper(const ExtractRequest &Request) : Request(Request) {}

  void HandleDiagnostic(DiagnosticsEngine::Level Level,
                        const clang::Diagnostic &Info) override {
    DiagnosticConsumer::HandleDiagnostic(Level, Info);
    if (Level < DiagnosticsEngine::Error)
      return;
    if (Notes.size() >= MaxNotes && Level < DiagnosticsEngine::Fatal)
      return;
    llvm::SmallString<128> Text;
    Info.FormatDiagnostic(Text);
    Entry Note;
    Note.Message = std::string(Text);
    if (Info.getLocation().isValid() && Info.hasSourceManager()) {
      PresumedLoc Place =
          Info.getSourceManager().getPresumedLoc(Info.getLocation());
      if (Place.isValid()) {
        Note.File = treePath(Place.getFilename(), Request.Directory,
                             Request.SourceRoot);
        Note.Line = Place.getLine();
        Note.Column = Place.getColumn();
      }
    }
    if (Level == DiagnosticsEngine::Fatal && !HasFatal) {
      HasFatal = true;
      Fatal = Note;
    }
    Notes.push_back(std::move(Note));
  }

  struct Entry {
    std::string File, Message;
    unsigned Line = 0, Column = 0;
  };
  std::vector<Entry> Notes;
  bool HasFatal = false;
  Entry Fatal;

private:
  const ExtractRequest &Request;
};

} // namespace

static llvm::Error asError(const NoteKeeper::Entry &Note,
                           const ExtractRequest &Request) {
  std::string Place = Note.File.empty() ? Request.File : Note.File;
  if (Note.Line)
    Place +=
        ":" + std::to_string(Note.Line) + ":" + std::to_string(Note.Column);
  return makeError(Place + ": " + Note.Message);
}

/// A header of Clang's own, as the Clang at \p Program would find it.
static std::string ownHeader(llvm::StringRef Program) {
  llvm::SmallString<256> Path(driver::Driver::GetResourcesPath(Program));
  llvm::sys::path::append(Path, "include", "stdarg.h");
  return Path.str().str();
}

/// Clang finds its headers from where it is: beside this program if the two are
/// installed together, else where it was when this program was built.
static std::string clangProgram() {
  llvm::SmallString<256> Beside(programFolder());
  llvm::sys::path::append(Beside, "clang");
  return llvm::sys::fs::exists(ownHeader(Beside)) ? Beside.str().str()
                                                  : BOOTORDER_CLANG_PATH;
}

llvm::Error bootorder::requireClangHeaders() {
  std::string Header = ownHeader(clangProgram());
  if (llvm::sys::fs::exists(Header))
    return llvm::Error::success();
  return makeError("Clang's own headers are missing: there is no '" + Header +
                   "'; install them (Debian: libclang-common-" +
                   llvm::Twine(CLANG_VERSION_MAJOR) + "-dev)");
}

/// The arguments Clang's driver is run with; \p Program must outlive them.
static std::vector<const char *>
driverArguments(const std::string &Program, const ExtractRequest &Request) {
  std::vector<const char *> Arguments = {Program.c_str(), "-fsyntax-only"};
  for (const std::string &Argument : Request.Arguments)
    Arguments.push_back(Argument.c_str());
  Arguments.insert(Arguments.end(),
                   {"-w", "-Qunused-arguments", Request.File.c_str()});
  return Arguments;
}

llvm::Expected<std::shared_ptr<CompilerInvocation>> bootorder::invocationFor(
    const ExtractRequest &Request,
    llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files) {
  NoteKeeper Notes(Request);
  auto Diagnostics = CompilerInstance::createDiagnostics(
      new DiagnosticOptions, &Notes, /*ShouldOwnClient=*/false);
  CreateInvocationOptions Options;
  Options.Diags = Diagnostics;
  Options.VFS = Files;
  Options.RecoverOnError = true;
  std::string Program = clangProgram();
  std::shared_ptr<CompilerInvocation> Invocation =
      createInvocation(driverArguments(Program, Request), Options);
  if (!Invocation) {
    if (Notes.Notes.empty())
      return makeError(Request.File +
                       ": Clang cannot make a command of its arguments");
    return asError(Notes.Notes.front(), Request);
  }
  Invocation->getFrontendOpts().SkipFunctionBodies = true;
  Invocation->getFrontendOpts().DisableFree = false;
  Invocation->getFileSystemOpts().WorkingDir = Request.Directory;
  Invocation->getDiagnosticOpts().ErrorLimit = 0;
  Invocation->getDiagnosticOpts().IgnoreWarnings = true;
  Invocation->getDependencyOutputOpts() = DependencyOutputOptions();
  Invocation->getLangOpts().SpellChecking = false;
  return Invocation;
}

llvm::Expected<bool>
bootorder::runAction(const ExtractRequest &Request, FrontendAction &Action,
                     llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                     DiagnosticConsumer &Consumer, AdjustInvocation Adjust) {
  auto Invocation = invocationFor(Request, Files);
  if (!Invocation)
    return Invocation.takeError();
  Adjust(**Invocation);
  CompilerInstance Compiler;
  Compiler.setInvocation(*Invocation);
  Compiler.createDiagnostics(&Consumer, /*ShouldOwnClient=*/false);
  Compiler.createFileManager(Files);
  Compiler.setVerboseOutputStream(llvm::nulls()); // "1 error generated"
  return Compiler.ExecuteAction(Action);
}

llvm::Error
bootorder::parseUnit(const ExtractRequest &Request, FrontendAction &Action,
                     llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files,
                     TuFacts &Facts, AdjustInvocation Adjust) {
  NoteKeeper Notes(Request);
  llvm::Expected<bool> IsParsed =
      runAction(Request, Action, Files, Notes, Adjust);
  if (!IsParsed)
    return IsParsed.takeError();
  if (Notes.HasFatal)
    return asError(Notes.Fatal, Request);
  if (!*IsParsed && Notes.Notes.empty())
    return makeError(Request.File + ": Clang gave up without saying why");
  for (const NoteKeeper::Entry &Note : Notes.Notes)
    Facts.Notes.push_back({Note.File, Note.Line, Note.Column, Note.Message});
  return llvm::Error::success();
}
