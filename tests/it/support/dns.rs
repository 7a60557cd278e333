//! A scripted DNS server on loopback, over UDP and TCP.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::rdata::{A, AAAA, MX, SOA};
use hickory_proto::rr::{Name, RData, Record, RecordType};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream, UdpSocket};

/// More answers than this do not fit a datagram here: the asker has to come again by TCP.
const FIT: usize = 12;

#[derive(Debug, Default)]
struct Zone {
    records: BTreeMap<String, Vec<RData>>,
    broken: Vec<String>,
    asked: Vec<String>,
    by_tcp: usize,
}

/// The server; it stops when it is dropped with its runtime.
#[derive(Debug, Clone)]
pub(crate) struct ScriptedDns {
    pub(crate) address: SocketAddr,
    zone: Arc<Mutex<Zone>>,
}

impl ScriptedDns {
    pub(crate) async fn start() -> Self {
        let (udp, tcp) = loop {
            let udp = UdpSocket::bind("127.0.0.1:0").await.unwrap();
            if let Ok(tcp) = TcpListener::bind(udp.local_addr().unwrap()).await {
                break (udp, tcp);
            }
        };
        let server = Self { address: udp.local_addr().unwrap(), zone: Arc::default() };
        let (one, other) = (server.clone(), server.clone());
        tokio::spawn(async move {
            let mut buffer = [0; 4_096];
            while let Ok((length, from)) = udp.recv_from(&mut buffer).await {
                let answer = one.answer(&buffer[..length], false);
                let _ = udp.send_to(&answer, from).await;
            }
        });
        tokio::spawn(async move {
            while let Ok((stream, _)) = tcp.accept().await {
                tokio::spawn(other.clone().talk(stream));
            }
        });
        server
    }

    /// A domain's mail servers with their preferences; `.` for none.
    pub(crate) fn mx(&self, domain: &str, servers: &[(u16, &str)]) -> &Self {
        for (preference, server) in servers {
            let name = Name::from_ascii(format!("{}.", server.trim_end_matches('.'))).unwrap();
            self.put(domain, RData::MX(MX::new(*preference, name)));
        }
        self
    }

    /// Addresses of a name; without any it exists all the same.
    pub(crate) fn addresses(&self, name: &str, addresses: &[&str]) -> &Self {
        self.zone.lock().unwrap().records.entry(name.to_owned()).or_default();
        for address in addresses {
            let data = match address.parse().unwrap() {
                std::net::IpAddr::V4(ip) => RData::A(A(ip)),
                std::net::IpAddr::V6(ip) => RData::AAAA(AAAA(ip)),
            };
            self.put(name, data);
        }
        self
    }

    /// The server cannot say anything about a name.
    pub(crate) fn breaks(&self, name: &str) -> &Self {
        self.zone.lock().unwrap().broken.push(name.to_owned());
        self
    }

    /// The names that were asked for, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.zone.lock().unwrap().asked.clone()
    }

    /// How many questions came by TCP.
    pub(crate) fn by_tcp(&self) -> usize {
        self.zone.lock().unwrap().by_tcp
    }

    fn put(&self, name: &str, data: RData) {
        self.zone.lock().unwrap().records.entry(name.to_owned()).or_default().push(data);
    }

    async fn talk(self, mut stream: TcpStream) {
        while let Ok(length) = stream.read_u16().await {
            let mut question = vec![0; usize::from(length)];
            if stream.read_exact(&mut question).await.is_err() {
                return;
            }
            let answer = self.answer(&question, true);
            let _ = stream.write_u16(u16::try_from(answer.len()).unwrap()).await;
            let _ = stream.write_all(&answer).await;
        }
    }

    fn answer(&self, question: &[u8], tcp: bool) -> Vec<u8> {
        let question = Message::from_vec(question).unwrap();
        let query = question.queries[0].clone();
        let name = query.name().to_ascii().to_lowercase().trim_end_matches('.').to_owned();
        let mut answer = Message::response(question.metadata.id, question.metadata.op_code);
        answer.metadata.recursion_desired = true;
        answer.metadata.recursion_available = true;
        answer.add_query(query.clone());
        let mut zone = self.zone.lock().unwrap();
        zone.asked.push(name.clone());
        zone.by_tcp += usize::from(tcp);
        if zone.broken.contains(&name) {
            answer.metadata.response_code = ResponseCode::ServFail;
            return answer.to_vec().unwrap();
        }
        let wanted = |data: &&RData| data.record_type() == query.query_type();
        let found = zone.records.get(&name);
        let data: Vec<_> = found.into_iter().flatten().filter(wanted).cloned().collect();
        if data.is_empty() {
            if found.is_none() {
                answer.metadata.response_code = ResponseCode::NXDomain;
            }
            let root = Name::root();
            let soa = SOA::new(root.clone(), root.clone(), 1, 60, 60, 60, 60);
            answer.add_authority(Record::from_rdata(root, 60, RData::SOA(soa)));
        } else if data.len() > FIT && !tcp {
            answer.metadata.truncation = true;
        } else {
            for data in data {
                assert_ne!(data.record_type(), RecordType::ANY);
                answer.add_answer(Record::from_rdata(query.name().clone(), 60, data));
            }
        }
        answer.to_vec().unwrap()
    }
}
