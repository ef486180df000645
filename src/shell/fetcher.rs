//! Fetching pictures from other hosts by `curl`, which is part of nearly every system, keeps up with it, and knows its certificates and
//! proxies: an argument vector, never a shell, on threads of their own, within bounds of bytes, time and steps. Each step of the way is
//! looked at before it is taken: what a reader asks for of the public network is never fetched from a private one.

use std::env;
use std::io::{self, Read};
use std::net::{IpAddr, ToSocketAddrs};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use url::{Host, Url};

use super::Event;
use crate::app::action::Action;
use crate::app::opening::{is_private, is_private_name};
use crate::app::pictures::PictureAction;
use crate::picture::album::Album;
use crate::picture::file;
use crate::picture::remote::{Failure, Reach};

/// The longest picture that is taken, in bytes.
const LONGEST: u64 = 16 * 1024 * 1024;

/// How long one step may take, in seconds, as curl is told it.
const PATIENCE: &str = "20";

/// How often an address may lead on to another one.
const MOST_STEPS: usize = 5;

/// How many pictures are fetched at the same time.
const AT_ONCE: usize = 4;

struct Job {
    url: Url,
    reach: Reach,
}

/// The desk of the threads, which start with the first picture. Those that run end with it.
pub(super) struct Fetcher {
    events: Sender<Event>,
    album: Option<Album>,
    jobs: Option<Sender<Job>>,
    running: Running,
}

/// The programs that are at work.
#[derive(Clone, Default)]
struct Running(Arc<Mutex<Vec<Child>>>);

impl Running {
    fn all(&self) -> MutexGuard<'_, Vec<Child>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a program run to its end and gives it back with what it writes, up to a byte more than the longest.
    fn finish(&self, mut child: Child) -> Result<(Child, io::Result<Vec<u8>>), Failure> {
        let (number, output) = (child.id(), child.stdout.take());
        self.all().push(child);
        let mut bytes = Vec::new();
        let read = output.map_or(Ok(0), |output| output.take(LONGEST + 1).read_to_end(&mut bytes));
        let child = self.take(number).ok_or(Failure::Unreachable)?;
        Ok((child, read.map(|_| bytes)))
    }

    /// Takes the program back that has this number.
    fn take(&self, number: u32) -> Option<Child> {
        let mut all = self.all();
        let at = all.iter().position(|child| child.id() == number)?;
        Some(all.swap_remove(at))
    }
}

impl Drop for Fetcher {
    /// Nothing stays behind.
    fn drop(&mut self) {
        for mut child in self.running.all().drain(..) {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Fetcher {
    pub(super) fn new(events: Sender<Event>, album: Option<Album>) -> Fetcher {
        Fetcher { events, album, jobs: None, running: Running::default() }
    }

    /// Fetches a picture, puts it into the album and tells the app.
    pub(super) fn fetch(&mut self, url: Url, reach: Reach) {
        let Some(album) = &self.album else { return };
        let jobs = self.jobs.get_or_insert_with(|| {
            let (jobs, inbox) = mpsc::channel();
            let inbox = Arc::new(Mutex::new(inbox));
            for _ in 0..AT_ONCE {
                let (inbox, events) = (Arc::clone(&inbox), self.events.clone());
                let (album, running) = (album.clone(), self.running.clone());
                thread::spawn(move || work(&inbox, &events, &album, &running));
            }
            jobs
        });
        let _ = jobs.send(Job { url, reach });
    }
}

fn work(inbox: &Mutex<Receiver<Job>>, events: &Sender<Event>, album: &Album, running: &Running) {
    loop {
        let job = inbox.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Job { url, reach }) = job else { return };
        let failure = fetch(&url, reach, album, running).err();
        let action = Action::Picture(PictureAction::Fetched { url, failure });
        if events.send(Event::Action(action)).is_err() {
            return;
        }
    }
}

fn fetch(url: &Url, reach: Reach, album: &Album, running: &Running) -> Result<(), Failure> {
    let bytes = follow(url, reach, running)?;
    file::size_of(&bytes).map_err(Failure::Picture)?;
    album.keep(url, &bytes).map_err(|_| Failure::NotKept)
}

/// Goes from one address to the next until there is something.
fn follow(url: &Url, reach: Reach, running: &Running) -> Result<Vec<u8>, Failure> {
    let mut at = url.clone();
    for _ in 0..=MOST_STEPS {
        // Yes was said to one host alone.
        let is_asked_for = reach == Reach::Anywhere && at.host() == url.host() && at.port() == url.port();
        let places = if is_asked_for { Vec::new() } else { places(&at, running)? };
        match answer(&at, &places, running)? {
            Answer::Bytes(bytes) => return Ok(bytes),
            Answer::Onwards(next) => at = next,
        }
    }
    Err(Failure::TooManySteps)
}

/// Where a host is on the public network, so that curl goes there and nowhere else; nothing where a proxy finds it.
fn places(url: &Url, running: &Running) -> Result<Vec<IpAddr>, Failure> {
    if is_private_name(url) {
        return Err(Failure::Private);
    }
    let Some(Host::Domain(host)) = url.host() else { return Ok(Vec::new()) };
    if has_proxy() {
        return Ok(Vec::new());
    }
    let found = look_up(host, running)?;
    if found.iter().any(|place| is_private(*place)) { Err(Failure::Private) } else { Ok(found) }
}

/// The addresses of a host, from `getent` where the system has one. The system's own resolver may load libraries, and a program that
/// was linked without any cannot tell whether those are of the version that it was made for.
fn look_up(host: &str, running: &Running) -> Result<Vec<IpAddr>, Failure> {
    let mut command = Command::new("getent");
    command.args(["--", "ahosts", host]).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let Ok(child) = command.spawn() else {
        let found = (host, 0).to_socket_addrs().map_err(|_| Failure::Unreachable)?;
        return Ok(found.map(|place| place.ip()).collect());
    };
    let (mut child, output) = running.finish(child)?;
    let told = output.map_err(|_| Failure::Unreachable)?;
    let is_found = child.wait().is_ok_and(|status| status.success());
    let told = std::str::from_utf8(&told).ok().filter(|_| is_found).ok_or(Failure::Unreachable)?;
    let addresses = told.lines().filter_map(|line| line.split_whitespace().next());
    // One with a zone is of the network at hand alone.
    let mut addresses =
        addresses.map(|address| address.parse().map_err(|_| Failure::Private)).collect::<Result<Vec<_>, _>>()?;
    // Each is told once for each kind of connection.
    addresses.dedup();
    Ok(addresses)
}

fn has_proxy() -> bool {
    let names = ["http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];
    names.into_iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

enum Answer {
    Bytes(Vec<u8>),
    Onwards(Url),
}

/// What a host says to one request.
fn answer(url: &Url, places: &[IpAddr], running: &Running) -> Result<Answer, Failure> {
    let child = start(url, places).map_err(|_| Failure::NoProgram)?;
    let (mut child, output) = running.finish(child)?;
    if output.as_ref().is_ok_and(|bytes| bytes.len() as u64 > LONGEST) {
        let _ = child.kill();
        let _ = child.wait();
        return Err(Failure::TooLarge);
    }
    let told = told(&mut child);
    let status = child.wait().ok().and_then(|status| status.code());
    let (code, next) = told.split_once(' ').unwrap_or((&told, ""));
    match (status, output) {
        (Some(22), _) => Err(Failure::Status(code.parse().unwrap_or_default())),
        (Some(28), _) => Err(Failure::TooLate),
        (Some(63), _) => Err(Failure::TooLarge),
        (Some(0), Ok(bytes)) => match Url::parse(next) {
            Ok(next) if code.starts_with('3') => Ok(Answer::Onwards(next)),
            _ => Ok(Answer::Bytes(bytes)),
        },
        _ => Err(Failure::Unreachable),
    }
}

/// The line that curl writes at its end: the status, and where it is passed on to.
fn told(child: &mut Child) -> String {
    let mut told = Vec::new();
    let _ = child.stderr.take().map(|errors| errors.take(16 * 1024).read_to_end(&mut told));
    String::from_utf8_lossy(&told).trim().to_owned()
}

/// Starts curl without the user's own settings for it, without cookies, and with nothing said of the post.
fn start(url: &Url, places: &[IpAddr]) -> io::Result<Child> {
    let mut command = Command::new("curl");
    command.args(["--disable", "--silent", "--fail", "--globoff", "--proto", "=http,https", "--max-time", PATIENCE]);
    command.args(["--connect-timeout", "10", "--max-filesize", &LONGEST.to_string()]);
    command.args(["--header", "Accept: image/png, image/jpeg, image/gif, image/webp"]);
    command.args(["--user-agent", concat!("kiji/", env!("CARGO_PKG_VERSION"))]);
    command.args(["--write-out", "%{stderr}%{http_code} %{redirect_url}"]);
    if let (Some(host), Some(port), false) = (url.host_str(), url.port_or_known_default(), places.is_empty()) {
        let places: Vec<String> = places.iter().map(IpAddr::to_string).collect();
        command.args(["--resolve", &format!("{host}:{port}:{}", places.join(","))]);
    }
    command.args(["--url", url.as_str()]);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpListener;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::picture::{Fault, Pixels, Size};

    /// A host on this machine that answers by the paths that it is asked for.
    struct Server {
        base: Url,
        asked: Arc<AtomicUsize>,
    }

    fn serve() -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                count.fetch_add(1, Ordering::SeqCst);
                thread::spawn(move || {
                    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
                    let first = lines.next().unwrap_or_default();
                    lines.find(String::is_empty);
                    let _ = reply(first.split(' ').nth(1).unwrap_or_default(), &mut stream);
                });
            }
        });
        Server { base, asked }
    }

    fn png() -> Vec<u8> {
        file::png(&Pixels { size: Size { width: 8, height: 8 }, rgb: vec![100; 8 * 8 * 3] }).unwrap()
    }

    fn reply(path: &str, stream: &mut impl Write) -> std::io::Result<()> {
        let pass_on = |to: &str| {
            format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        };
        match path {
            "/a.png" => {
                write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", png().len())?;
                stream.write_all(&png())
            }
            "/on" => stream.write_all(pass_on("/a.png").as_bytes()),
            "/round" => stream.write_all(pass_on("/round").as_bytes()),
            "/inside" => stream.write_all(pass_on("http://127.0.0.2:9/a.png").as_bytes()),
            "/file" => stream.write_all(pass_on("file:///etc/passwd").as_bytes()),
            "/said-long" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\nx")
            }
            "/long" => {
                stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")?;
                (0..20).try_for_each(|_| stream.write_all(&vec![0; 1024 * 1024]))
            }
            "/never" => {
                thread::park();
                Ok(())
            }
            "/page" => stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<html></html>"),
            _ => stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
        }
    }

    #[test]
    fn hosts_are_looked_up() {
        let found = look_up("localhost", &Running::default()).unwrap();
        assert!(!found.is_empty() && found.iter().all(IpAddr::is_loopback), "{found:?}");
        for none in ["none.invalid", "-s"] {
            assert_eq!(look_up(none, &Running::default()), Err(Failure::Unreachable), "{none}");
        }
    }

    #[test]
    fn what_was_asked_for_is_fetched_within_bounds() {
        if Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_err() {
            println!("skipped: curl is not installed");
            return;
        }
        let server = serve();
        let folder = tempfile::tempdir().unwrap();
        let album = Album::of(folder.path());
        let check = |path: &str, expected: Result<(), Failure>| {
            let url = server.base.join(path).unwrap();
            assert_eq!(fetch(&url, Reach::Anywhere, &album, &Running::default()), expected, "{path}");
            assert_eq!(album.find(&url).is_some(), expected.is_ok(), "{path}");
        };
        check("a.png", Ok(()));
        check("on", Ok(()));
        check("round", Err(Failure::TooManySteps));
        check("inside", Err(Failure::Private));
        check("file", Err(Failure::Private));
        check("said-long", Err(Failure::TooLarge));
        check("long", Err(Failure::TooLarge));
        check("page", Err(Failure::Picture(Fault::Kind)));
        check("none.png", Err(Failure::Status(404)));
        assert_eq!(fs_bytes(&album, &server.base.join("a.png").unwrap()), png());
        // Nobody listens there.
        let nobody = Url::parse("http://127.0.0.1:9/a.png").unwrap();
        assert_eq!(fetch(&nobody, Reach::Anywhere, &album, &Running::default()), Err(Failure::Unreachable));
    }

    fn fs_bytes(album: &Album, url: &Url) -> Vec<u8> {
        std::fs::read(album.find(url).unwrap()).unwrap()
    }

    #[test]
    fn nothing_private_is_asked_without_a_yes() {
        let server = serve();
        let folder = tempfile::tempdir().unwrap();
        let album = Album::of(folder.path());
        let port = server.base.port().unwrap();
        for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0"] {
            let url = Url::parse(&format!("http://{host}:{port}/a.png")).unwrap();
            assert_eq!(fetch(&url, Reach::Public, &album, &Running::default()), Err(Failure::Private), "{host}");
        }
        assert_eq!(server.asked.load(Ordering::SeqCst), 0);
    }

    #[test]
    fn no_program_stays_behind() {
        if Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_err() {
            println!("skipped: curl is not installed");
            return;
        }
        let server = serve();
        let folder = tempfile::tempdir().unwrap();
        let (events, told) = mpsc::channel();
        let mut fetcher = Fetcher::new(events, Some(Album::of(folder.path())));
        fetcher.fetch(server.base.join("never").unwrap(), Reach::Anywhere);
        while server.asked.load(Ordering::SeqCst) == 0 {
            thread::yield_now();
        }
        let running = fetcher.running.clone();
        drop(fetcher);
        assert!(running.all().is_empty());
        // The thread hears that its program is gone.
        let end = told.recv_timeout(std::time::Duration::from_secs(10));
        assert!(matches!(
            end,
            Ok(Event::Action(Action::Picture(PictureAction::Fetched { failure: Some(Failure::Unreachable), .. })))
        ));
    }
}
