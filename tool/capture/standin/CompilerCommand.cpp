#include "tool/capture/standin/CompilerCommand.h"

#include <cstring>
#include <fnmatch.h>

namespace bootorder {
namespace {

bool startsWith(const std::string &Text, const char *Prefix) {
  return Text.compare(0, std::strlen(Prefix), Prefix) == 0;
}

bool endsWith(const std::string &Text, const char *Suffix) {
  size_t Length = std::strlen(Suffix);
  return Text.size() >= Length &&
         Text.compare(Text.size() - Length, Length, Suffix) == 0;
}

/// Options whose value is the next argument and is never a source file.
bool takesNextArgument(const std::string &Option) {
  static const char *const Names[] = {"-o",
                                      "-include",
                                      "-isystem",
                                      "-imacros",
                                      "-iquote",
                                      "-idirafter",
                                      "-x",
                                      "-MF",
                                      "-MT",
                                      "-MQ",
                                      "-I",
                                      "-D",
                                      "-U",
                                      "-L",
                                      "-l",
                                      "-T",
                                      "-u",
                                      "-z",
                                      "-Xlinker",
                                      "-Xassembler",
                                      "-Xclang",
                                      "-mllvm",
                                      "-target",
                                      "-arch",
                                      "--param",
                                      "-isysroot",
                                      "-iprefix",
                                      "-iwithprefix",
                                      "-iwithprefixbefore",
                                      "-Xpreprocessor",
                                      "-meabi"};
  for (const char *Name : Names)
    if (Option == Name)
      return true;
  return false;
}

/// An input the compiler reads as text. Values of options that are unknown here
/// (`-meabi gnu`) do not look like one.
bool isSource(const std::string &Argument) {
  if (Argument == "-" || Argument == "/dev/null")
    return true;
  if (Argument[0] == '-')
    return false;
  for (const char *Suffix : {".c", ".S", ".s", ".i"})
    if (endsWith(Argument, Suffix))
      return true;
  return false;
}

/// Options that end up in the ELF header, and nothing more: a probe of an
/// empty file must accept them all together.
bool decidesElfHeader(const std::string &Option) {
  static const char *const Whole[] = {
      "-m16",     "-m32",  "-m64",         "-mx32",           "-m31",
      "-EB",      "-EL",   "-mbig-endian", "-mlittle-endian", "-mbig",
      "-mlittle", "-marm", "-mthumb",      "-msoft-float",    "-mhard-float"};
  static const char *const Prefixes[] = {
      "-mabi=", "-march=", "-mcpu=", "-mfloat-abi=", "-mfpu=", "--target="};
  for (const char *Name : Whole)
    if (Option == Name)
      return true;
  for (const char *Prefix : Prefixes)
    if (startsWith(Option, Prefix))
      return true;
  return false;
}

/// State of the walk over one command line.
struct Walk {
  CompilerCommand Command;
  bool WritesDependencies = false;
  bool StopsEarly = false;   ///< `-S`, `-E`, `-fsyntax-only`, `-M`, `-MM`.
  bool Preprocesses = false; ///< `-E`.
  bool IsKernel = false;
  unsigned Sources = 0;
};

void takePreprocessorOption(const std::string &Option, Walk &W) {
  // -Wp,-MD,file and -Wp,-MMD,file: Kbuild's spelling since 2.5.
  for (const char *Prefix : {"-Wp,-MD,", "-Wp,-MMD,"})
    if (startsWith(Option, Prefix)) {
      W.WritesDependencies = true;
      W.Command.DependencyFile = Option.substr(std::strlen(Prefix));
    }
}

void takeOption(const std::string &Option, const std::string *Next, Walk &W) {
  if (Option == "-c")
    W.Command.Compiles = true;
  else if (Option == "-S" || Option == "-E" || Option == "-M" ||
           Option == "-MM" || Option == "-fsyntax-only")
    W.StopsEarly = true, W.Preprocesses |= Option == "-E";
  else if (Option == "-o" && Next)
    W.Command.Output = *Next;
  else if (Option == "-MF" && Next)
    W.Command.DependencyFile = *Next;
  else if (Option == "-MD" || Option == "-MMD")
    W.WritesDependencies = true;
  else if (Option == "-D__KERNEL__" ||
           (Option == "-D" && Next && *Next == "__KERNEL__"))
    W.IsKernel = true;
  else if (Option == "-target" && Next)
    W.Command.AbiOptions.insert(W.Command.AbiOptions.end(), {Option, *Next});
  else if (decidesElfHeader(Option))
    W.Command.AbiOptions.push_back(Option);
  else
    takePreprocessorOption(Option, W);
}

/// `x.d` for the object `x.o`: what `-MD` without `-MF` writes.
std::string defaultDependencyFile(const std::string &Output) {
  return Output.substr(0, Output.size() - 1) + "d";
}

} // namespace

CompilerCommand parseCommand(const std::vector<std::string> &Arguments) {
  Walk W;
  for (size_t I = 0; I < Arguments.size(); ++I) {
    const std::string &Argument = Arguments[I];
    if (isSource(Argument)) {
      ++W.Sources;
      W.Command.Source = Argument;
      continue;
    }
    const std::string *Next =
        I + 1 < Arguments.size() ? &Arguments[I + 1] : nullptr;
    takeOption(Argument, Next, W);
    if (takesNextArgument(Argument))
      ++I;
  }
  CompilerCommand Command = std::move(W.Command);
  if (W.Sources != 1)
    Command.Source.clear();
  bool HasObject = endsWith(Command.Output, ".o");
  if (!W.WritesDependencies)
    Command.DependencyFile.clear();
  else if (Command.DependencyFile.empty() && HasObject)
    Command.DependencyFile = defaultDependencyFile(Command.Output);
  bool IsC = endsWith(Command.Source, ".c");
  bool IsFile = IsC || endsWith(Command.Source, ".S");
  Command.IsKernelSource =
      W.IsKernel && (IsFile || (W.Preprocesses && Command.Source == "-"));
  if (Command.IsKernelSource && IsFile && Command.Compiles && !W.StopsEarly &&
      HasObject)
    Command.Kind = IsC ? CommandKind::C : CommandKind::Assembly;
  return Command;
}

std::string finalObject(const std::string &Output) {
  size_t Slash = Output.rfind('/');
  size_t Base = Slash == std::string::npos ? 0 : Slash + 1;
  static const char Prefix[] = ".tmp_";
  if (Output.compare(Base, sizeof(Prefix) - 1, Prefix) != 0)
    return Output;
  return Output.substr(0, Base) + Output.substr(Base + sizeof(Prefix) - 1);
}

bool matchesAnyPattern(const std::string &Path, const std::string &Patterns) {
  for (size_t Begin = 0; Begin < Patterns.size();) {
    size_t End = Patterns.find('\n', Begin);
    if (End == std::string::npos)
      End = Patterns.size();
    std::string Pattern = Patterns.substr(Begin, End - Begin);
    if (!Pattern.empty() && fnmatch(Pattern.c_str(), Path.c_str(), 0) == 0)
      return true;
    Begin = End + 1;
  }
  return false;
}

} // namespace bootorder
