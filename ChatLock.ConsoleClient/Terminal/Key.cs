namespace ChatLock.ConsoleClient.Terminal;

/// <summary>What a key means to the line editor.</summary>
internal enum KeyKind
{
    Text,
    Paste,
    Enter,
    Complete,
    Backspace,
    Delete,
    Left,
    Right,
    WordLeft,
    WordRight,
    Home,
    End,
    Up,
    Down,
    KillToStart,
    KillToEnd,
    KillWord,
    Yank,
    ClearScreen,

    /// <summary>Alt and a digit from 1: <see cref="Key.Text"/>.</summary>
    Room,
    Interrupt,
    EndOfInput,
}

/// <summary>A key, or a piece of pasted text.</summary>
internal readonly record struct Key(KeyKind Kind, string Text = "");
