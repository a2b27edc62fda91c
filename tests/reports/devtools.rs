//! Chromium driven from outside, as a person would: keys, sizes of the window, paper. Its own protocol, over two pipes.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use super::path;

/// Longest time an answer may take; a slow machine and the browser's start included.
const PATIENCE: Duration = Duration::from_secs(90);

/// A browser with one page.
pub(super) struct Browser {
    child: Child,
    commands: File,
    answers: Receiver<Value>,
    session: String,
    last: u64,
    _profile: tempfile::TempDir,
}

impl Browser {
    /// Opens a page in a window of this size.
    pub(super) fn open(page: &Path, (width, height): (u32, u32)) -> Self {
        let profile = tempfile::tempdir().expect("a folder");
        let pipes = ["commands", "answers"].map(|name| profile.path().join(name));
        let made = Command::new("mkfifo").args(&pipes).status();
        assert!(made.is_ok_and(|status| status.success()), "no pipes");
        // A browser reads its commands from 3 and answers on 4; a shell puts the pipes there.
        let script = "exec chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
            --remote-debugging-pipe --user-data-dir=\"$3\" about:blank 3<\"$1\" 4>\"$2\"";
        let child = Command::new("sh")
            .args([
                "-c",
                script,
                "sh",
                path(&pipes[0]),
                path(&pipes[1]),
                path(&profile.path().join("profile")),
            ])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromium starts");
        let commands = fs::OpenOptions::new().write(true).open(&pipes[0]).expect("the pipe");
        let (sender, answers) = channel();
        let pipe = pipes[1].clone();
        std::thread::spawn(move || {
            let Ok(file) = File::open(pipe) else { return };
            for answer in BufReader::new(file).split(0).map_while(Result::ok) {
                let answer = serde_json::from_slice(&answer).unwrap_or_default();
                if sender.send(answer).is_err() {
                    return;
                }
            }
        });
        let mut browser =
            Self { child, commands, answers, session: String::new(), last: 0, _profile: profile };
        let target = browser.ask("Target.createTarget", json!({ "url": "about:blank" }));
        let attached =
            browser.ask("Target.attachToTarget", json!({ "targetId": target["targetId"], "flatten": true }));
        browser.session = attached["sessionId"].as_str().expect("a session").to_owned();
        browser.resize(width, height);
        browser.ask("Page.enable", json!({}));
        browser.ask("Page.navigate", json!({ "url": format!("file://{}", path(page)) }));
        browser.wait_until("document.documentElement?.dataset.ready !== undefined");
        browser
    }

    /// The result of a command.
    pub(super) fn ask(&mut self, method: &str, parameters: Value) -> Value {
        self.last += 1;
        let mut command = json!({ "id": self.last, "method": method, "params": parameters });
        if !self.session.is_empty() {
            command["sessionId"] = json!(self.session);
        }
        let mut bytes = command.to_string().into_bytes();
        bytes.push(0);
        self.commands.write_all(&bytes).expect("the browser listens");
        loop {
            let answer = self.answers.recv_timeout(PATIENCE).expect("the browser answers");
            if answer["id"] == self.last {
                assert!(answer["error"].is_null(), "{method}: {}", answer["error"]);
                return answer["result"].clone();
            }
        }
    }

    /// What an expression is in the page.
    pub(super) fn value(&mut self, expression: &str) -> Value {
        let asked = json!({ "expression": expression, "returnByValue": true, "awaitPromise": true });
        let answer = self.ask("Runtime.evaluate", asked);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].clone()
    }

    /// Waits for something to be so.
    pub(super) fn wait_until(&mut self, expression: &str) {
        for _ in 0..600 {
            if self.value(expression) == true {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("never so: {expression}");
    }

    /// Presses and lets go of a key.
    pub(super) fn press(&mut self, key: &str) {
        let (code, text) = match key {
            "Tab" => (9, ""),
            "Enter" => (13, "\r"),
            " " => (32, " "),
            "PageDown" => (34, ""),
            "End" => (35, ""),
            "Home" => (36, ""),
            "ArrowUp" => (38, ""),
            "ArrowDown" => (40, ""),
            other => panic!("unknown key {other}"),
        };
        let code_name = if key == " " { "Space" } else { key };
        for kind in ["keyDown", "keyUp"] {
            let mut event =
                json!({ "type": kind, "key": key, "code": code_name, "windowsVirtualKeyCode": code });
            if kind == "keyDown" && !text.is_empty() {
                event["text"] = json!(text);
            }
            self.ask("Input.dispatchKeyEvent", event);
        }
    }

    /// Writes into what has the focus.
    pub(super) fn write(&mut self, text: &str) {
        self.ask("Input.insertText", json!({ "text": text }));
    }

    /// Gives the window another size.
    pub(super) fn resize(&mut self, width: u32, height: u32) {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.ask("Emulation.setDeviceMetricsOverride", size);
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
